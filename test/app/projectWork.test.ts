import { expect, test, vi } from "vitest";
import type { Annotator } from "./annotator.ts";
import { browsing } from "./browsing.ts";
import { DISC, GROUND, RECTANGLE, shapesPng } from "./shapes.ts";

// Whole days of work in one test: many steps, each of which waits for a mask.
vi.setConfig({ testTimeout: 240_000 });

/** Of what comes by itself, and not as the answer to a step. */
const SOON = { timeout: 60_000 };

const start = browsing();

async function openProject(annotator: Annotator) {
  await annotator.element.locator('[data-action="project"]').click();
  return annotator.element.locator("maskwise-project");
}

/** Write into a field as a person does, and leave it. */
async function write(field: ReturnType<Annotator["element"]["locator"]>, text: string) {
  await field.fill(text);
  await field.press("Tab");
}

test("labels have colours, keys and attributes, on every photo, and are there after a reload", async () => {
  const annotator = await start({ photos: [shapesPng("one.png"), shapesPng("two.png")] });
  const project = await openProject(annotator);
  await write(project.locator('[data-field="project-name"]'), "Shapes");
  for (const [number, name, key] of [
    [1, "disc", "K"],
    [2, "plate", "I"],
  ] as const) {
    await project.locator('[data-action="add-label"]').click();
    const row = project.locator(`[data-project-label="label ${number}"]`);
    await write(row.getByLabel("Name of"), name);
    await write(project.locator(`[data-project-label="${name}"] .key`), key);
  }
  const disc = project.locator('[data-project-label="disc"]');
  await disc.locator("input[type=color]").fill("#ff00aa");
  await disc.locator('[data-action="attributes"]').click();
  await disc.locator('[data-action="add-attribute"]').click();
  await write(disc.getByLabel("Name of the attribute"), "size");
  await disc.getByLabel("Kind of size").selectOption("choice");
  await write(disc.getByLabel("Values of size"), "small, large");
  await annotator.screenshot("project-dialog.png");

  // A key that does something already is refused.
  await write(disc.locator(".key"), "U");
  expect(await annotator.notices().last().textContent()).toMatch(/key U does something else/);
  await annotator.leaveDialog();

  await annotator.press("d");
  await annotator.press("i");
  await annotator.click(...RECTANGLE);
  await annotator.press("k");
  await annotator.click(...DISC);
  expect(await annotator.labelAt(...DISC)).toBe("disc");
  expect(await annotator.labelAt(...RECTANGLE)).toBe("plate");
  const size = annotator.element.locator('select[data-attribute="size"]');
  await size.selectOption("large");
  await annotator.element.locator('[data-action="add-another"]').click();
  expect(await annotator.label("disc 2").count()).toBe(1);
  const swatch = annotator.label("disc").locator(".swatch");
  expect(await swatch.getAttribute("style")).toContain("#ff00aa");
  await annotator.screenshot("projects-labels.png");

  await annotator.page.reload();
  await annotator.settled();
  expect(await annotator.element.locator('[data-action="project"]').textContent()).toMatch(
    "Shapes",
  );
  await annotator.press("k");
  await annotator.label("disc").locator(".name").click();
  expect(await size.inputValue()).toBe("large");
  expect(await swatch.getAttribute("style")).toContain("#ff00aa");

  const again = await openProject(annotator);
  await write(again.locator('[data-project-label="disc"]').getByLabel("Name of"), "ball");
  await annotator.leaveDialog();
  expect(await annotator.labelAt(...DISC)).toBe("ball");
  expect(await annotator.label("ball 2").count()).toBe(1);
});

test("what was undone and overwritten can be restored, and every step gone to", async () => {
  const annotator = await start({ photos: [shapesPng()] });
  await annotator.click(...DISC);
  await annotator.click(...GROUND, { button: "right" });
  const before = await annotator.fingerprint();
  await annotator.press("Control+z");
  await annotator.press("Control+z");
  await annotator.click(...RECTANGLE);
  expect(await annotator.history()).toEqual({ at: 1, of: 1 });

  const history = annotator.element.locator("maskwise-history");
  await annotator.press("Shift+H");
  await history.locator('[data-version="0"]').getByRole("button", { name: "Restore" }).click();
  await annotator.settled();
  expect(await annotator.fingerprint()).toEqual(before);
  await history.locator('[data-step="1"]').click();
  await annotator.settled();
  expect(await annotator.history()).toEqual({ at: 1, of: 2 });
  await annotator.screenshot("projects-history.png");
  await annotator.leaveDialog();

  // Restoring has kept what was there, also for the page's next life.
  await annotator.page.reload();
  await annotator.settled();
  await annotator.press("Shift+H");
  await history.locator('[data-version="0"]').getByRole("button", { name: "Restore" }).click();
  await annotator.settled();
  expect(await annotator.lastSaid()).toMatchObject({ at: { x: RECTANGLE[0], y: RECTANGLE[1] } });
});

test("a browser keeps several projects apart, and each can be opened and deleted", async () => {
  const annotator = await start({ photos: [shapesPng("first.png")] });
  await annotator.click(...DISC);
  const project = await openProject(annotator);
  await project.locator('[data-action="new-project"]').click();
  await annotator.settled();
  expect(await annotator.photo("first.png").count()).toBe(0);
  await annotator.choose(shapesPng("second.png"));

  await openProject(annotator);
  await project.locator('[data-project="My photos"]').getByText("Open").click();
  await annotator.settled();
  expect(await annotator.photo("first.png").count()).toBe(1);
  expect(await annotator.history()).toEqual({ at: 1, of: 1 });

  annotator.page.on("dialog", (dialog) => void dialog.accept());
  await openProject(annotator);
  await project.locator('[data-project="Project 2"]').getByLabel("Delete").click();
  await expect.poll(() => project.locator('[data-project="Project 2"]').count(), SOON).toBe(0);
  await annotator.page.reload();
  await annotator.settled();
  expect(await annotator.photo("first.png").count()).toBe(1);
});
