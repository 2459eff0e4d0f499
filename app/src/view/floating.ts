/** What lies over the photo and over the page: work, hint, zoom, notices, help. */

import { css } from "lit";

export const floating = css`
  .work {
    position: absolute;
    inset: 14px 14px auto;
    z-index: 2;
    width: fit-content;
    margin: 0 auto;
  }
  .changes {
    inset: auto 14px 64px;
  }
  .pill,
  .hint,
  .zoom {
    border: 1px solid var(--line);
    border-radius: 999px;
    background: color-mix(in srgb, var(--panel) 94%, transparent);
    box-shadow: var(--shadow);
  }
  .pill {
    display: flex;
    align-items: center;
    gap: 12px;
    min-height: 40px;
    padding: 4px 8px 4px 18px;
    white-space: nowrap;
  }
  .pill > span:last-of-type {
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .pill > :last-child:not(button) {
    margin-right: 10px;
  }
  .pill button {
    padding: 4px 12px;
    border-radius: 999px;
    background: var(--hover);
    font-weight: 600;
  }
  .pill.bad {
    border-color: var(--bad);
    background: var(--bad-ground);
    color: var(--bad);
    white-space: normal;
    border-radius: 20px;
  }
  /* What is done at once says nothing; only what takes its time is announced. */
  .slow {
    animation: appear 0.15s 0.35s both;
  }
  @keyframes appear {
    from {
      opacity: 0;
    }
  }
  progress {
    width: 140px;
    height: 6px;
    overflow: hidden;
    border: 0;
    border-radius: 3px;
    background: var(--line);
    appearance: none;
  }
  progress::-webkit-progress-bar {
    background: var(--line);
  }
  progress::-webkit-progress-value {
    border-radius: 3px;
    background: var(--accent);
  }
  progress::-moz-progress-bar {
    background: var(--accent);
  }
  progress[data-endless] {
    background: linear-gradient(90deg, var(--line) 30%, var(--accent) 50%, var(--line) 70%) 0 0 /
      300% 100%;
    animation: sweep 1.4s linear infinite;
  }
  progress[data-endless]::-webkit-progress-bar {
    background: none;
  }
  @keyframes sweep {
    from {
      background-position: 100% 0;
    }
    to {
      background-position: 0 0;
    }
  }
  .hint {
    position: absolute;
    inset: auto 14px 16px;
    z-index: 1;
    width: fit-content;
    margin: 0 auto;
    padding: 8px 18px;
    text-align: center;
    text-wrap: balance;
    pointer-events: none;
  }
  .zoom {
    position: absolute;
    bottom: 14px;
    left: 14px;
    z-index: 2;
    display: flex;
    align-items: center;
    padding: 2px;
  }
  .zoom button {
    border-radius: 999px;
  }
  .zoom .icon-button {
    width: 34px;
    height: 34px;
  }
  .percent {
    min-width: 62px;
    justify-content: center;
    padding: 6px 4px;
    font-variant-numeric: tabular-nums;
  }
  @media (width < 1400px) {
    .hint {
      bottom: 66px;
    }
  }
  .notices {
    position: fixed;
    right: 16px;
    bottom: 16px;
    z-index: 10;
    display: grid;
    gap: 8px;
    justify-items: end;
    max-width: min(460px, calc(100vw - 32px));
    pointer-events: none;
  }
  .notice {
    display: flex;
    align-items: flex-start;
    gap: 8px;
    padding: 10px 8px 10px 16px;
    border: 1px solid var(--line);
    border-left: 4px solid var(--good);
    border-radius: 12px;
    background: var(--panel);
    box-shadow: var(--shadow);
    overflow-wrap: anywhere;
    pointer-events: auto;
  }
  .notice > span {
    padding: 3px 0;
  }
  .notice[data-kind="error"] {
    border-left-color: var(--bad);
  }
  .link {
    flex: none;
    padding: 3px 8px;
    color: var(--accent);
    font-weight: 600;
  }
  dialog {
    width: min(720px, calc(100vw - 32px));
    max-height: calc(100dvh - 32px);
    padding: 0;
    border: 1px solid var(--line);
    border-radius: 18px;
    background: var(--panel);
    color: var(--text);
    box-shadow: var(--shadow);
  }
  dialog::backdrop {
    background: rgb(8 12 18 / 0.45);
  }
  .help {
    position: relative;
    padding: 22px 26px 24px;
  }
  .help h1 {
    font-size: 20px;
  }
  .help h2 {
    color: var(--faint);
    font-size: 13px;
    padding: 16px 0 6px;
  }
  .help > .small {
    position: absolute;
    top: 18px;
    right: 18px;
    width: 34px;
    height: 34px;
  }
  .help dl {
    columns: 2 290px;
    column-gap: 28px;
  }
  .help dl > div {
    display: flex;
    align-items: baseline;
    gap: 10px;
    padding: 3px 0;
    break-inside: avoid;
  }
  .help dt {
    display: flex;
    flex: none;
    gap: 4px;
    max-width: 60%;
  }
  .help dt kbd {
    white-space: normal;
  }
  .help > h2 + p {
    padding: 0 0 6px;
  }
  .help .keys {
    columns: 2 290px;
    column-gap: 28px;
  }
  .help .keys li {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px;
    break-inside: avoid;
  }
  .help .keys button {
    gap: 4px;
    padding: 3px 5px;
  }
  .help .keys button[aria-pressed="true"] kbd,
  .help .keys [data-changed] kbd {
    border-color: var(--accent);
    color: var(--accent);
  }
  .help .keys p {
    width: 100%;
    padding: 2px 6px 6px;
    color: var(--bad);
  }
  .help .keys .link {
    color: var(--accent);
  }
  .help .lines {
    white-space: pre-line;
  }
  .help > p {
    padding-top: 12px;
  }
`;
