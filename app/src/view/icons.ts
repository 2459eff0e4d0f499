/** The page's icons: 20 × 20, drawn with strokes of the text's colour. */

import { html, type SVGTemplateResult, svg, type TemplateResult } from "lit";

export type IconName =
  | "click"
  | "stroke"
  | "box"
  | "paint"
  | "erase"
  | "polygon"
  | "lasso"
  | "hand"
  | "locked"
  | "unlocked"
  | "undo"
  | "redo"
  | "restart"
  | "zoomIn"
  | "zoomOut"
  | "fit"
  | "open"
  | "export"
  | "help"
  | "measure"
  | "theme"
  | "plus"
  | "close"
  | "pencil"
  | "trash"
  | "check"
  | "history";

const paths: Readonly<Record<IconName, SVGTemplateResult>> = {
  click: svg`<path d="m8 8 8.5 3.4-3.7 1.5-1.5 3.7z"/><path d="M7.5 2.5v2M2.5 7.5h2M4 4l1.4 1.4M11 4 9.6 5.4M4 11l1.4-1.4"/>`,
  stroke: svg`<path d="M2.5 12.5C5 5 8.5 4 8.5 7.5S5 15.5 8 15.5s4-8 6.5-8-1 5.5 3 5.5"/>`,
  box: svg`<path d="M3 6V3h3M14 3h3v3M17 14v3h-3M6 17H3v-3M9 3h2M9 17h2M3 9v2M17 9v2"/>`,
  paint: svg`<path d="M16.8 3.2c-.8-.8-2-.5-2.8.3L8 9.8l2.2 2.2 6.3-6c.8-.8 1.1-2 .3-2.8Z"/><path d="M8 9.8c-2 0-3.3 1.2-3.6 3-.2 1.4-.7 2.4-2 3.2 2.8 1.2 7.4.5 7.8-3.9"/>`,
  erase: svg`<path d="m8.2 16.2-4.4-4.4a1.5 1.5 0 0 1 0-2.1l5.9-5.9a1.5 1.5 0 0 1 2.1 0l4.4 4.4a1.5 1.5 0 0 1 0 2.1l-5.9 5.9zM6.6 6.9l6.5 6.5M8.2 16.2H17"/>`,
  polygon: svg`<path d="M5 6.2 13.6 4 16 12.4l-8.6 3.2z"/><path d="M4 5.2h2v2H4zM12.6 3h2v2h-2zM15 11.4h2v2h-2zM6.4 14.6h2v2h-2z" fill="currentColor"/>`,
  lasso: svg`<path d="M6.5 13.2C4.4 12.3 3 10.8 3 9c0-3.1 3.4-5.5 7.5-5.5S17.5 5.7 17.5 8.5s-3.2 5-7.3 5c-.9 0-1.8-.1-2.6-.3"/><path d="M7.6 13.2a1.7 1.7 0 1 1-2.4.6c.5-.8 1.7-.9 2.4-.6Zm-1 3.2c.1.9-.5 1.5-1.6 1.8"/>`,
  locked: svg`<rect x="4.5" y="9" width="11" height="7.5" rx="1.6"/><path d="M7 9V6.5a3 3 0 0 1 6 0V9"/>`,
  unlocked: svg`<rect x="4.5" y="9" width="11" height="7.5" rx="1.6"/><path d="M7 9V6.5a3 3 0 0 1 5.8-1.1"/>`,
  hand: svg`<path d="M6.5 10.5V5a1.25 1.25 0 0 1 2.5 0v4.5V3.5a1.25 1.25 0 0 1 2.5 0v6V4.8a1.25 1.25 0 0 1 2.5 0V11l.6-1.7a1.2 1.2 0 0 1 2.2.8c-.9 3.5-2.1 7.4-6.3 7.4-2.7 0-3.8-1.2-4.9-3L3.3 11a1.2 1.2 0 0 1 2-1.3z"/>`,
  undo: svg`<path d="M7.5 4 3.5 8l4 4"/><path d="M3.5 8H12a4.25 4.25 0 0 1 0 8.5H8"/>`,
  redo: svg`<path d="m12.5 4 4 4-4 4"/><path d="M16.5 8H8a4.25 4.25 0 0 0 0 8.5h4"/>`,
  restart: svg`<path d="M4 4v4h4"/><path d="M4.3 8A6.5 6.5 0 1 1 3.5 11"/>`,
  zoomIn: svg`<circle cx="9" cy="9" r="5.5"/><path d="m13.2 13.2 3.8 3.8M9 6.7v4.6M6.7 9h4.6"/>`,
  zoomOut: svg`<circle cx="9" cy="9" r="5.5"/><path d="m13.2 13.2 3.8 3.8M6.7 9h4.6"/>`,
  fit: svg`<path d="M7.5 3H3v4.5M12.5 3H17v4.5M17 12.5V17h-4.5M7.5 17H3v-4.5"/>`,
  open: svg`<rect x="2.5" y="4" width="15" height="12" rx="2"/><circle cx="7" cy="8.2" r="1.3"/><path d="m3 14.5 4.2-3.7 3 2.6 3-3.4 4 4"/>`,
  export: svg`<path d="M10 3v9.5M6.5 9 10 12.5 13.5 9M3.5 13.5v2a1.5 1.5 0 0 0 1.5 1.5h10a1.5 1.5 0 0 0 1.5-1.5v-2"/>`,
  help: svg`<circle cx="10" cy="10" r="7.25"/><path d="M7.8 7.8a2.25 2.25 0 1 1 3.4 2c-.8.5-1.2.9-1.2 1.7M10 14h.01"/>`,
  measure: svg`<path d="M3 3v14h14M6 13l3.5-4 3 2L17 5"/>`,
  theme: svg`<circle cx="10" cy="10" r="7"/><path d="M10 3a7 7 0 0 1 0 14z" fill="currentColor"/>`,
  plus: svg`<path d="M10 4v12M4 10h12"/>`,
  close: svg`<path d="m5 5 10 10M15 5 5 15"/>`,
  pencil: svg`<path d="m4 16 .7-3.3L13 4.4a1.5 1.5 0 0 1 2.1 0l.5.5a1.5 1.5 0 0 1 0 2.1l-8.3 8.3z"/>`,
  trash: svg`<path d="M4 5.5h12M8 5.5V4h4v1.5M5.5 5.5l.7 10.5h7.6l.7-10.5"/>`,
  history: svg`<circle cx="10" cy="10" r="7"/><path d="M10 5.8V10l2.8 2"/>`,
  check: svg`<path d="m4 10.5 4 4 8-9"/>`,
};

export function icon(name: IconName): TemplateResult {
  return html`<svg class="icon" viewBox="0 0 20 20" aria-hidden="true">${paths[name]}</svg>`;
}

/** The product's sign: an object that was cut out, and the click that did it. */
export const sign: TemplateResult = html`<svg class="sign" viewBox="0 0 32 32" aria-hidden="true">
  <rect width="32" height="32" rx="9" fill="var(--accent)" />
  <path
    d="M6 19.5C5.6 12 11.6 7.5 17 9c4 1.1 3.7 5.8 6.7 7.2 3.6 1.6 1 9.3-7.2 9.3-6.4 0-10.3-1.5-10.5-6Z"
    fill="var(--panel)"
  />
  <circle cx="15" cy="18" r="4" fill="var(--accent)" />
</svg>`;
