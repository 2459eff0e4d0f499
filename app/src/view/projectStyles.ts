/** The project in the panel: finding photos, their status, whether all is kept. */

import { css } from "lit";

export const projectStyles = css`
  .project {
    display: flex;
    align-items: center;
    gap: 8px;
    min-width: 0;
  }
  .project .link {
    min-width: 0;
    padding: 2px 0;
    color: inherit;
    font-weight: 600;
    text-decoration: underline dotted;
    text-underline-offset: 3px;
  }
  .keeping {
    margin-left: auto;
    color: var(--faint);
    font-weight: 400;
    white-space: nowrap;
  }
  .keeping .icon {
    display: block;
    width: 16px;
    height: 16px;
  }
  .keeping[data-keeping="failed"] {
    color: var(--bad);
    font-weight: 600;
  }
  .search {
    width: 100%;
    height: 34px;
    margin-bottom: 6px;
    padding: 0 10px;
    border: 1px solid var(--line);
    border-radius: 9px;
    background: var(--ground);
  }
  .chips {
    display: flex;
    flex-wrap: wrap;
    gap: 4px;
    padding-bottom: 8px;
  }
  .chip {
    gap: 4px;
    padding: 2px 8px;
    border: 1px solid var(--line);
    border-radius: 999px;
    font-size: 12px;
  }
  .chip[aria-pressed="true"] {
    border-color: var(--accent);
    background: var(--chosen);
    color: var(--accent);
  }
  .photos li {
    content-visibility: auto;
    contain-intrinsic-size: auto 54px;
  }
  .status {
    flex: none;
    padding: 1px 6px;
    border-radius: 999px;
    background: var(--hover);
    color: var(--faint);
    font-size: 11px;
    font-weight: 600;
  }
  .status[data-status="done"] {
    color: var(--good);
  }
  .status[data-status="needs review"] {
    color: var(--accent);
  }
  select.status {
    max-width: 82px;
    height: 24px;
    border: 1px solid var(--line);
    background: var(--panel);
    font: inherit;
    font-size: 11px;
  }
  .two {
    display: flex;
    justify-content: space-between;
  }
  .two .plain {
    width: auto;
    white-space: nowrap;
  }
  .reading {
    position: absolute;
    z-index: 3;
    inset: 12px 12px auto;
    display: flex;
    align-items: center;
    justify-content: center;
    gap: 12px;
    width: fit-content;
    max-width: calc(100% - 24px);
    margin: 0 auto;
    padding: 8px 8px 8px 16px;
    border: 1px solid var(--line);
    border-radius: 12px;
    background: var(--panel);
    box-shadow: var(--shadow);
  }
  .reading .primary {
    flex: none;
    padding: 0 14px;
  }
  .object-attributes {
    padding: 2px 6px 4px;
  }
  .said {
    display: flex;
    align-items: center;
    gap: 10px;
    min-height: 36px;
    padding: 0 6px;
  }
  .said > span {
    flex: 1;
    min-width: 0;
  }
  .said input,
  .said select {
    width: 55%;
    min-width: 0;
    height: 30px;
    padding: 0 8px;
    border: 1px solid var(--line);
    border-radius: 8px;
    background: var(--ground);
    color: inherit;
    font: inherit;
  }
`;
