/** The annotator in a real browser, driven as a person would drive it. */

import { createHash } from "node:crypto";
import { mkdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { Prompt } from "maskwise";
import type { Download, Locator, Page } from "playwright-core";

/** Where tests leave pictures to look at. */
const OUTPUT = fileURLToPath(new URL("../output/", import.meta.url));

/** What the element tells about itself: see app/src/annotator.ts. */
interface AnnotatorElement extends HTMLElement {
  readonly session:
    | { readonly events: readonly { readonly prompt?: Prompt }[]; readonly at: number }
    | undefined;
  readonly segmentation:
    | {
        readonly labels: readonly string[];
        readonly mask: {
          readonly width: number;
          readonly height: number;
          readonly data: Uint8Array;
        };
        readonly uncertainty: { readonly data: Float32Array };
      }
    | undefined;
  readonly settled: Promise<void>;
  clientPoint(at: { unit: "pixel"; x: number; y: number }): { x: number; y: number };
}

export interface MaskSeen {
  readonly width: number;
  readonly height: number;
  readonly labels: readonly string[];
  readonly data: Uint8Array;
}

export interface ClickOptions {
  readonly button?: "left" | "right";
  readonly shift?: boolean;
  readonly ctrl?: boolean;
  /** Go on at once instead of waiting for the mask. @default false */
  readonly isHasty?: boolean;
}

/** A person at the annotator. All positions are pixels of the photo. */
export class Annotator {
  readonly page: Page;
  readonly element: Locator;
  /** Errors that the page has not dealt with; a test may expect some and take them out. */
  readonly errors: string[] = [];

  constructor(page: Page) {
    this.page = page;
    this.element = page.locator("maskwise-annotator");
    page.on("pageerror", ({ message }) => this.errors.push(message));
  }

  /** Wait until the mask is that of everything said so far. */
  async settled(): Promise<void> {
    await this.element.evaluate((element) => (element as AnnotatorElement).settled);
  }

  async place(x: number, y: number): Promise<{ readonly x: number; readonly y: number }> {
    return this.element.evaluate(
      (element, at) => (element as AnnotatorElement).clientPoint({ unit: "pixel", ...at }),
      { x, y },
    );
  }

  async moveTo(x: number, y: number): Promise<void> {
    const at = await this.place(x, y);
    await this.page.mouse.move(at.x, at.y);
  }

  async click(
    x: number,
    y: number,
    { button = "left", shift = false, ctrl = false, isHasty = false }: ClickOptions = {},
  ): Promise<void> {
    const at = await this.place(x, y);
    if (shift) await this.page.keyboard.down("Shift");
    if (ctrl) await this.page.keyboard.down("Control");
    await this.page.mouse.click(at.x, at.y, { button });
    if (shift) await this.page.keyboard.up("Shift");
    if (!isHasty) await this.settled();
  }

  /** Click on many pixels faster than anybody can: no frame is drawn and no mask made in between. */
  async clickAtOnce(...pixels: readonly (readonly [x: number, y: number])[]): Promise<void> {
    const places = await Promise.all(pixels.map(([x, y]) => this.place(x, y)));
    await this.element.locator("maskwise-stage canvas").evaluate((canvas, places) => {
      // A pointer made by a script cannot be captured.
      canvas.setPointerCapture = () => {};
      for (const { x: clientX, y: clientY } of places) {
        for (const kind of ["pointerdown", "pointerup"]) {
          canvas.dispatchEvent(new PointerEvent(kind, { clientX, clientY, bubbles: true }));
        }
      }
    }, places);
  }

  /** Press a button somewhere, move, and let go. */
  async drag(
    from: readonly [number, number],
    to: readonly [number, number],
    button: "left" | "middle" | "right" = "left",
  ): Promise<void> {
    await this.moveTo(...from);
    await this.page.mouse.down({ button });
    const end = await this.place(...to);
    await this.page.mouse.move(end.x, end.y, { steps: 8 });
    await this.page.mouse.up({ button });
    await this.settled();
  }

  async press(key: string): Promise<void> {
    await this.page.keyboard.press(key);
    await this.settled();
  }

  /** Close the dialog that is open: the browser takes Escape up in its own time, after the page has. */
  async leaveDialog(): Promise<void> {
    await this.page.keyboard.press("Escape");
    await this.element.locator("dialog[open]").waitFor({ state: "hidden" });
    await this.settled();
  }

  async mask(): Promise<MaskSeen | undefined> {
    const seen = await this.element.evaluate((element) => {
      const { segmentation } = element as AnnotatorElement;
      if (!segmentation) return undefined;
      const { mask, labels } = segmentation;
      // As text, which crosses much faster than a list of numbers.
      let text = "";
      for (let at = 0; at < mask.data.length; at += 0x8000) {
        text += String.fromCharCode(...mask.data.subarray(at, at + 0x8000));
      }
      const { width, height } = mask;
      return { width, height, labels: [...labels], base64: btoa(text) };
    });
    if (!seen) return undefined;
    const { base64, ...about } = seen;
    return { ...about, data: new Uint8Array(Buffer.from(base64, "base64")) };
  }

  /** The mask's size, labels and pixels in a line, to tell whether two masks are the same. */
  async fingerprint(): Promise<string | undefined> {
    const mask = await this.mask();
    if (!mask) return undefined;
    const pixels = createHash("sha256").update(mask.data).digest("hex");
    return `${mask.width}×${mask.height} ${mask.labels.join(", ")} ${pixels}`;
  }

  /** The name of the label at a pixel of the mask. */
  async labelAt(x: number, y: number): Promise<string | undefined> {
    return this.element.evaluate(
      (element, at) => {
        const { segmentation } = element as AnnotatorElement;
        if (!segmentation) return undefined;
        const { mask, labels } = segmentation;
        return labels[mask.data[at.y * mask.width + at.x]];
      },
      { x, y },
    );
  }

  /** How many pixels have a label. */
  async area(label: string): Promise<number> {
    const mask = await this.mask();
    if (!mask) return 0;
    const value = mask.labels.indexOf(label);
    return mask.data.filter((one) => one === value).length;
  }

  /** How many of the session's events are in force, and how many there are. */
  async history(): Promise<{ readonly at: number; readonly of: number }> {
    return this.element.evaluate((element) => {
      const { session } = element as AnnotatorElement;
      return { at: session?.at ?? -1, of: session?.events.length ?? -1 };
    });
  }

  /** What the session's last event in force said. */
  async lastSaid(): Promise<Prompt | undefined> {
    return this.element.evaluate((element) => {
      const { session } = element as AnnotatorElement;
      return session?.events[session.at - 1]?.prompt;
    });
  }

  /** The colour that is drawn at a pixel of the photo. */
  async colourAt(x: number, y: number): Promise<readonly number[]> {
    const at = await this.place(x, y);
    // What was changed is drawn with the next frame.
    return this.element.evaluate(async (element, { x, y }) => {
      await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
      const stage = element.shadowRoot?.querySelector("maskwise-stage");
      await (stage as { drawn?: Promise<void> } | null | undefined)?.drawn;
      const canvas = stage?.shadowRoot?.querySelector("canvas");
      const pen = canvas?.getContext("2d");
      if (!canvas || !pen) return [];
      const { left, top } = canvas.getBoundingClientRect();
      const [column, row] = [x - left, y - top].map((side) => Math.floor(side * devicePixelRatio));
      return [...pen.getImageData(column, row, 1, 1).data];
    }, at);
  }

  command(name: string): Locator {
    return this.element.locator(`[data-command="${name}"]`);
  }

  label(name: string): Locator {
    return this.element.locator(`.objects [data-label="${name}"]`);
  }

  photo(name: string): Locator {
    return this.element.locator(`.photos [data-photo="${name}"]`);
  }

  notices(): Locator {
    return this.element.locator(".notice");
  }

  /** Choose files in the dialog of "Open photos". */
  async choose(...files: readonly FileToOpen[]): Promise<void> {
    await this.element.locator('input[type="file"]').setInputFiles([...files]);
    await this.settled();
  }

  /** Drop files on the photo. */
  async drop(...files: readonly FileToOpen[]): Promise<void> {
    await this.#hand("drop", files);
  }

  async paste(...files: readonly FileToOpen[]): Promise<void> {
    await this.#hand("paste", files);
  }

  /** Take something from the export menu. */
  async exported(
    kind: "mask" | "coco",
  ): Promise<{ readonly name: string; readonly bytes: Buffer }> {
    await this.element.locator("summary.primary").click();
    const [download] = await Promise.all([
      this.page.waitForEvent("download"),
      this.element.locator(`[data-export="${kind}"]`).click(),
    ]);
    return { name: download.suggestedFilename(), bytes: await bytesOf(download) };
  }

  async screenshot(name: string): Promise<void> {
    await mkdir(OUTPUT, { recursive: true });
    await this.page.screenshot({ path: OUTPUT + name });
  }

  async #hand(kind: "drop" | "paste", files: readonly FileToOpen[]): Promise<void> {
    const carried = files.map(({ name, mimeType, buffer }) => ({
      name,
      mimeType,
      base64: buffer.toString("base64"),
    }));
    await this.element.evaluate(
      (element, { kind, carried }) => {
        const data = new DataTransfer();
        for (const { name, mimeType, base64 } of carried) {
          const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
          data.items.add(new File([bytes], name, { type: mimeType }));
        }
        const options = { bubbles: true, composed: true, cancelable: true };
        if (kind === "paste") {
          element.dispatchEvent(new ClipboardEvent("paste", { ...options, clipboardData: data }));
          return;
        }
        for (const moment of ["dragenter", "dragover", "drop"]) {
          element.dispatchEvent(new DragEvent(moment, { ...options, dataTransfer: data }));
        }
      },
      { kind, carried },
    );
    await this.settled();
  }
}

export interface FileToOpen {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Buffer;
}

async function bytesOf(download: Download): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
