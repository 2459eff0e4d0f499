/** Colours and the few shapes that everything shares, light and dark. */

import { css } from "lit";

export const theme = css`
  :host {
    --accent: light-dark(#0b6bcb, #4ea1f7);
    --accent-strong: light-dark(#0a58a8, #7cbbfb);
    --on-accent: light-dark(#fff, #06121f);
    --ground: light-dark(#f6f7f9, #15181d);
    --panel: light-dark(#fff, #1c2026);
    --stage: light-dark(#dfe2e6, #0f1114);
    --line: light-dark(#d9dde3, #2d333c);
    --text: light-dark(#1b1f26, #e8ebf0);
    --faint: light-dark(#626b78, #97a1af);
    --hover: light-dark(#eceff3, #272c34);
    --chosen: light-dark(#e2eefb, #1d3350);
    --bad: light-dark(#b3261e, #ff9a92);
    --bad-ground: light-dark(#fdecea, #3a1d1c);
    --good: light-dark(#17713c, #6fd397);
    --shadow: 0 1px 2px light-dark(rgb(15 23 42 / 0.08), rgb(0 0 0 / 0.4)),
      0 7px 22px light-dark(rgb(15 23 42 / 0.12), rgb(0 0 0 / 0.45));
    color: var(--text);
    font: 14px/1.4 system-ui, -apple-system, "Segoe UI", Roboto, "Liberation Sans", sans-serif;
  }

  * {
    box-sizing: border-box;
  }
  h1,
  h2,
  p,
  ul,
  dl,
  dd {
    margin: 0;
    padding: 0;
  }
  ul {
    list-style: none;
  }
  button,
  summary,
  select,
  input {
    font: inherit;
    color: inherit;
  }
  button,
  summary {
    display: inline-flex;
    align-items: center;
    gap: 8px;
    border: 0;
    border-radius: 8px;
    background: none;
    padding: 6px 10px;
    cursor: pointer;
    user-select: none;
  }
  button:hover:not(:disabled) {
    background: var(--hover);
  }
  button:disabled {
    opacity: 0.35;
    cursor: default;
  }
  :focus-visible {
    outline: 2px solid var(--accent);
    outline-offset: 1px;
  }
  kbd {
    min-width: 20px;
    padding: 1px 5px;
    border: 1px solid var(--line);
    border-bottom-width: 2px;
    border-radius: 5px;
    background: var(--ground);
    color: var(--faint);
    font: 11px/1.35 ui-monospace, "SF Mono", Consolas, "Liberation Mono", monospace;
    text-align: center;
    white-space: nowrap;
  }
  .icon {
    width: 20px;
    height: 20px;
    flex: none;
    fill: none;
    stroke: currentColor;
    stroke-width: 1.6;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  .icon-button {
    width: 36px;
    height: 36px;
    justify-content: center;
    padding: 0;
  }
  .icon-button[aria-pressed="true"] {
    background: var(--chosen);
    color: var(--accent);
  }
  .small {
    width: 26px;
    height: 26px;
    flex: none;
    justify-content: center;
    padding: 0;
    border-radius: 6px;
    color: var(--faint);
  }
  .small .icon {
    width: 15px;
    height: 15px;
  }
  .plain {
    width: 100%;
    color: var(--accent);
    font-weight: 500;
  }
  .primary {
    height: 36px;
    padding: 0 14px 0 10px;
    background: var(--accent);
    color: var(--on-accent);
    font-weight: 600;
  }
  .primary:hover {
    background: var(--accent-strong);
  }
  .faint {
    color: var(--faint);
  }
  .ellipsis {
    min-width: 0;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  @media (prefers-reduced-motion: no-preference) {
    button,
    summary {
      transition: background-color 0.12s;
    }
  }
`;
