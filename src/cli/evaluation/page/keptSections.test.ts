import { expect, test } from "vitest";
import { keptSections, withSection } from "./keptSections.ts";

const PAGE = "# Results\n\n| a | b |\n";

test("a section is added at the end, and replaced where it is there", () => {
  const once = withSection(PAGE, "labelling", "## Labelling\n\nold $& text");
  expect(once).toBe(
    `${PAGE}\n<!-- labelling -->\n\n## Labelling\n\nold $& text\n\n<!-- /labelling -->\n`,
  );
  const both = withSection(once, "other", "## Other");
  expect(withSection(both, "labelling", "new")).toBe(
    `${PAGE}\n<!-- labelling -->\n\nnew\n\n<!-- /labelling -->\n\n<!-- other -->\n\n## Other\n\n<!-- /other -->\n`,
  );
});

test("sections stay when the page is written anew, however often", () => {
  const page = withSection(withSection(PAGE, "a", "one"), "b", "two");
  const anew = PAGE + keptSections(page);
  expect(anew).toBe(page);
  expect(PAGE + keptSections(anew)).toBe(page);
});

test("a page without sections, or with half a mark, keeps nothing", () => {
  expect(keptSections(PAGE)).toBe("");
  expect(keptSections("<!-- a -->\ntext")).toBe("");
});
