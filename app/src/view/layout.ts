/** Where the parts of the page are: bar above, photo in the middle, panel beside it. */

import { css } from "lit";

export const layout = css`
  :host {
    display: grid;
    grid-template: auto 1fr / 1fr 280px;
    grid-template-areas: "header header" "photo panel";
    height: 100dvh;
    overflow: hidden;
    background: var(--ground);
    color-scheme: light dark;
  }
  :host([theme="light"]) {
    color-scheme: light;
  }
  :host([theme="dark"]) {
    color-scheme: dark;
  }
  header {
    grid-area: header;
    display: flex;
    align-items: center;
    gap: 12px;
    min-width: 0;
    padding: 8px 12px;
    border-bottom: 1px solid var(--line);
    background: var(--panel);
  }
  .brand {
    display: flex;
    align-items: center;
    gap: 8px;
    margin-right: 4px;
    font-size: 16px;
    font-weight: 650;
    letter-spacing: -0.01em;
  }
  .sign {
    width: 30px;
    height: 30px;
    fill: none;
  }
  .group {
    display: flex;
    gap: 2px;
    padding-left: 12px;
    border-left: 1px solid var(--line);
  }
  .photo-name {
    display: flex;
    flex: 1;
    gap: 10px;
    justify-content: center;
    min-width: 0;
    white-space: nowrap;
  }
  .menu {
    position: relative;
  }
  .menu summary {
    list-style: none;
  }
  .menu summary::-webkit-details-marker {
    display: none;
  }
  .menu-items {
    position: absolute;
    z-index: 5;
    top: calc(100% + 6px);
    right: 0;
    width: max-content;
    min-width: 232px;
    padding: 6px;
    border: 1px solid var(--line);
    border-radius: 12px;
    background: var(--panel);
    box-shadow: var(--shadow);
  }
  .menu-items button {
    display: grid;
    gap: 0;
    width: 100%;
    text-align: left;
  }
  .menu-items .faint {
    font-size: 12px;
  }
  main {
    grid-area: photo;
    position: relative;
    min-width: 0;
    min-height: 0;
    background: var(--stage);
  }
  maskwise-stage {
    background-color: var(--stage);
    position: absolute;
    inset: 0;
  }
  aside {
    grid-area: panel;
    display: flex;
    flex-direction: column;
    gap: 4px;
    min-height: 0;
    padding: 4px 0 12px;
    border-left: 1px solid var(--line);
    background: var(--panel);
    overflow-y: auto;
  }
  .drop {
    position: absolute;
    inset: 12px;
    z-index: 4;
    display: grid;
    place-items: center;
    border: 2px dashed var(--accent);
    border-radius: 16px;
    background: color-mix(in srgb, var(--panel) 80%, transparent);
    color: var(--accent);
    font-size: 20px;
    font-weight: 600;
    pointer-events: none;
  }
  .nothing {
    position: absolute;
    inset: 0;
    display: grid;
    place-content: center;
    justify-items: center;
    gap: 16px;
    padding: 24px;
    color: var(--faint);
    font-size: 16px;
    text-align: center;
  }
  .nothing .icon {
    width: 44px;
    height: 44px;
    stroke-width: 1.1;
  }
  .nothing button .icon {
    width: 20px;
    height: 20px;
    stroke-width: 1.6;
  }
  @media (width < 900px) {
    /* More tools than a phone is wide: they go on in a second line. */
    header,
    .group {
      flex-wrap: wrap;
    }
    .word,
    .photo-name .faint {
      display: none;
    }
    .primary {
      padding: 0 10px;
    }
  }
  @media (width < 720px) {
    :host {
      grid-template: auto 1fr minmax(0, 38dvh) / 1fr;
      grid-template-areas: "header" "photo" "panel";
    }
    header {
      gap: 4px;
      padding: 6px 8px;
    }
    .brand {
      flex: 1;
      margin: 0;
    }
    .group {
      gap: 0;
      padding-left: 4px;
    }
    header .icon-button {
      width: 34px;
    }
    .photo-name {
      display: none;
    }
    aside {
      border-left: 0;
      border-top: 1px solid var(--line);
    }
  }
`;
