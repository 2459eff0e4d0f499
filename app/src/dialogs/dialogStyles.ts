/** What dialogs share. */

import { css } from "lit";

export const dialogStyles = css`
  dialog {
    max-height: 88dvh;
    padding: 0 20px 18px;
    overflow-y: auto;
    border: 1px solid var(--line);
    border-radius: 16px;
    background: var(--panel);
    color: var(--text);
    box-shadow: var(--shadow);
  }
  dialog::backdrop {
    background: rgb(0 0 0 / 0.35);
  }
  header {
    position: sticky;
    z-index: 1;
    top: 0;
    display: flex;
    align-items: center;
    margin: 0 -20px;
    padding: 12px 12px 8px 20px;
    background: var(--panel);
  }
  h1 {
    flex: 1;
    margin: 0;
    font-size: 17px;
    font-weight: 650;
  }
  h2 {
    padding: 18px 0 6px;
    color: var(--faint);
    font-size: 12px;
    font-weight: 600;
  }
  input:not([type="color"]),
  select {
    min-width: 0;
    height: 32px;
    padding: 0 8px;
    border: 1px solid var(--line);
    border-radius: 8px;
    background: var(--ground);
    color: inherit;
    font: inherit;
  }
  input[type="color"] {
    width: 34px;
    height: 32px;
    flex: none;
    padding: 2px;
    border: 1px solid var(--line);
    border-radius: 8px;
    background: var(--ground);
    cursor: pointer;
  }
  .field {
    display: flex;
    align-items: center;
    gap: 10px;
  }
  .field input,
  .wide {
    flex: 1;
    min-width: 0;
  }
  .key {
    width: 52px;
    text-align: center;
    text-transform: uppercase;
  }
  .line,
  .projects li,
  .versions li {
    display: flex;
    align-items: center;
    gap: 8px;
    padding: 3px 0;
  }
  .versions li {
    padding: 6px 0;
  }
  .attributes {
    margin: 2px 0 8px 42px;
    padding-left: 10px;
    border-left: 2px solid var(--line);
  }
  .projects [data-current] .wide {
    font-weight: 600;
  }
  .line > button:not(.small),
  .projects li > button:not(.small),
  .versions li > button {
    flex: none;
    border: 1px solid var(--line);
  }
  .steps {
    max-height: 40dvh;
    margin: 0;
    padding: 0;
    overflow-y: auto;
    list-style: none;
  }
  .steps button {
    width: 100%;
    padding: 4px 10px;
    text-align: left;
  }
  .steps [aria-current] {
    background: var(--chosen);
    font-weight: 600;
  }
  .steps [data-undone] {
    color: var(--faint);
    text-decoration: line-through;
  }
  .foot {
    padding-top: 14px;
    font-size: 12px;
  }
`;
