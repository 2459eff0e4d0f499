/** The bar at the top: tools, history, the photo's name, export. */

import { html, nothing, type TemplateResult } from "lit";
import { BACKGROUND } from "maskwise";
import type { Workplace } from "../commands.ts";
import { downloadMask, type ExportKind, formatFor, saveMask } from "../desk/exports.ts";
import { labelInHand } from "../desk/photos.ts";
import { canSave, selectedPhoto, visibleAnswer } from "../state/state.ts";
import { texts } from "../texts.ts";
import { commandButton } from "./button.ts";
import { icon, sign } from "./icons.ts";

export function header(workplace: Workplace): TemplateResult {
  const { studio } = workplace;
  const { tool } = studio.state;
  const isBackground = labelInHand(studio) === BACKGROUND;
  return html`<header>
    <span class="brand">${sign}<span class="word">${texts.product}</span></span>
    <div class="group" role="group" aria-label="Tools">
      ${commandButton(workplace, {
        name: isBackground ? "clickBackground" : "clickObject",
        icon: "click",
        isOn: tool === "click",
      })}
      ${commandButton(workplace, { name: "stroke", icon: "stroke", isOn: tool === "stroke" })}
      ${commandButton(workplace, { name: "box", icon: "box", isOn: tool === "box" })}
      ${commandButton(workplace, { name: "paint", icon: "paint", isOn: tool === "paint" })}
      ${commandButton(workplace, { name: "erase", icon: "erase", isOn: tool === "erase" })}
      ${commandButton(workplace, { name: "polygon", icon: "polygon", isOn: tool === "polygon" })}
      ${commandButton(workplace, { name: "lasso", icon: "lasso", isOn: tool === "lasso" })}
      ${commandButton(workplace, { name: "hand", icon: "hand", isOn: tool === "hand" })}
    </div>
    <div class="group" role="group" aria-label="History">
      ${commandButton(workplace, { name: "undo", icon: "undo" })}
      ${commandButton(workplace, { name: "redo", icon: "redo" })}
      ${commandButton(workplace, { name: "restart", icon: "restart" })}
      ${commandButton(workplace, { name: "history", icon: "history" })}
    </div>
    ${photoName(workplace)}
    ${commandButton(workplace, { name: "evaluate", icon: "measure" })}
    ${commandButton(workplace, { name: "theme", icon: "theme" })}
    ${commandButton(workplace, { name: "help", icon: "help" })} ${exportMenu(workplace)}
  </header>`;
}

function photoName({ studio: { state } }: Workplace): TemplateResult {
  const photo = selectedPhoto(state);
  const { current } = state;
  const size = current?.id === photo?.id ? current?.shown.photo : undefined;
  return html`<p class="photo-name">
    <span class="ellipsis">${photo?.name ?? ""}</span> <span class="faint">${size ? `${size.width} × ${size.height}` : ""}</span>
  </p>`;
}

function exportMenu({ studio }: Workplace): TemplateResult {
  const answer = visibleAnswer(studio.state);
  const labels = answer?.segmentation.labels.length ?? 2;
  const isBinary = formatFor("mask", labels, studio.state.insight) === "png";
  const detail = isBinary
    ? texts.export.maskBinary
    : texts.export.maskIndexed(labels - 1, studio.state.insight.unsure);
  return html`<details class="menu" @focusout=${closeWhenLeft} @keydown=${closeOnEscape}>
    <summary class="primary" role="button" aria-label=${texts.export.title}>
      ${icon("export")}<span class="word">${texts.export.title}</span>
    </summary>
    <div class="menu-items">
      ${
        canSave(studio.state)
          ? html`${item("save", texts.export.save, texts.export.saveMask, () => saveMask(studio))}
            ${item("save-coco", texts.export.save, texts.export.saveCoco, () => saveMask(studio, "coco"))}`
          : nothing
      }
      ${item("mask", texts.export.mask, detail, () => downloadMask(studio, "mask"))}
      ${item("coco", texts.export.coco, texts.export.cocoDetail, () => downloadMask(studio, "coco"))}
    </div>
  </details>`;
}

function item(
  kind: ExportKind | "save" | "save-coco",
  name: string,
  detail: string,
  run: () => Promise<void>,
): TemplateResult {
  return html`<button
    data-export=${kind}
    @click=${(event: Event) => {
      menuOf(event)?.removeAttribute("open");
      void run();
    }}
  >
    <span>${name}</span><span class="faint">${detail}</span>
  </button>`;
}

function menuOf(event: Event): HTMLDetailsElement | null {
  return (event.currentTarget as HTMLElement).closest("details");
}

function closeWhenLeft(event: FocusEvent): void {
  const menu = menuOf(event);
  if (menu && !menu.contains(event.relatedTarget as Node | null)) menu.open = false;
}

function closeOnEscape(event: KeyboardEvent): void {
  const menu = menuOf(event);
  if (event.key !== "Escape" || !menu?.open) return;
  menu.open = false;
  menu.querySelector("summary")?.focus();
}
