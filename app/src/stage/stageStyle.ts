import { type CSSResult, css } from "lit";

export const stageStyle: CSSResult = css`
  :host {
    display: block;
    position: relative;
    overflow: hidden;
  }
  canvas {
    position: absolute;
    inset: 0;
    width: 100%;
    height: 100%;
    touch-action: none;
    background-color: inherit;
    outline: none;
  }
  canvas:focus-visible:not([data-pointed]) {
    box-shadow: inset 0 0 0 2px var(--accent);
  }
`;
