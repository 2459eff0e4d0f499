/** The panel beside the photo: lists of objects and photos, sliders. */

import { css } from "lit";

export const panels = css`
  section {
    padding: 10px 12px;
  }
  section + section {
    border-top: 1px solid var(--line);
  }
  h2 {
    padding: 0 6px 6px;
    color: var(--faint);
    font-size: 12px;
    font-weight: 600;
    letter-spacing: 0.02em;
  }
  .row {
    display: flex;
    align-items: center;
    gap: 2px;
    padding-right: 6px;
    border-radius: 9px;
  }
  .row:hover {
    background: var(--hover);
  }
  .row[data-selected] {
    background: var(--chosen);
  }
  .row .name {
    display: flex;
    flex: 1;
    align-items: center;
    gap: 10px;
    min-width: 0;
    padding: 7px 6px;
    text-align: left;
  }
  .row .name:hover {
    background: none;
  }
  .row[data-selected] .name .ellipsis {
    font-weight: 600;
  }
  .row .small {
    opacity: 0;
  }
  .row:hover .small,
  .row:focus-within .small,
  .row[data-selected] .small,
  .row .small[aria-pressed="true"] {
    opacity: 1;
  }
  .row input {
    width: 100%;
    min-width: 0;
    padding: 2px 6px;
    border: 1px solid var(--accent);
    border-radius: 6px;
    background: var(--panel);
  }
  .swatch {
    width: 16px;
    height: 16px;
    flex: none;
    border: 2px solid #fff;
    border-radius: 50%;
    box-shadow: 0 0 0 1px rgb(0 0 0 / 0.25);
  }
  .count {
    margin-left: auto;
    color: var(--faint);
    font-size: 12px;
    font-variant-numeric: tabular-nums;
  }
  .reasons {
    display: grid;
    gap: 4px;
    margin: 0;
    padding: 4px 6px 6px;
    list-style: none;
  }
  .reasons li {
    display: grid;
    grid-template-columns: 1fr 64px 40px;
    align-items: center;
    gap: 8px;
  }
  .reasons meter {
    width: 100%;
    height: 10px;
  }
  .reasons output {
    text-align: right;
    font-variant-numeric: tabular-nums;
  }
  .slider,
  .toggle {
    display: flex;
    align-items: center;
    gap: 10px;
    min-height: 34px;
    padding: 0 6px;
  }
  .slider > span {
    flex: none;
  }
  .slider input {
    flex: 1;
    min-width: 0;
    accent-color: var(--accent);
  }
  .slider select {
    flex: 1;
    min-width: 0;
    padding: 3px 6px;
    border: 1px solid var(--line);
    border-radius: 7px;
    background: var(--panel);
  }
  .more > summary {
    display: list-item;
    list-style-position: inside;
    padding: 6px;
    color: var(--faint);
  }
  output {
    min-width: 48px;
    color: var(--faint);
    font-size: 12px;
    font-variant-numeric: tabular-nums;
    text-align: right;
  }
  .toggle {
    cursor: pointer;
  }
  .toggle > span {
    flex: 1;
  }
  .toggle input {
    appearance: none;
    position: relative;
    width: 34px;
    height: 20px;
    flex: none;
    margin: 0;
    border-radius: 10px;
    background: color-mix(in srgb, var(--faint) 45%, var(--panel));
    cursor: pointer;
  }
  .toggle input::after {
    content: "";
    position: absolute;
    inset: 3px auto auto 3px;
    width: 14px;
    height: 14px;
    border-radius: 50%;
    background: #fff;
    box-shadow: 0 1px 2px rgb(0 0 0 / 0.3);
  }
  .toggle input:checked {
    background: var(--accent);
  }
  .toggle input:checked::after {
    translate: 14px;
  }
  @media (prefers-reduced-motion: no-preference) {
    .toggle input,
    .toggle input::after {
      transition: 0.15s;
    }
  }
  .wholes {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(112px, 1fr));
    gap: 6px;
    padding: 2px 6px 6px;
  }
  .whole {
    justify-content: center;
    padding: 5px 8px;
    border: 1px solid var(--line);
    white-space: nowrap;
  }
  .slider .whole {
    margin-left: auto;
  }
  .editing > p {
    padding: 0 6px;
  }
  select {
    flex: 1;
    min-width: 0;
    padding: 4px 8px;
    border: 1px solid var(--line);
    border-radius: 8px;
    background: var(--panel);
    color: inherit;
    font: inherit;
  }
  .legend {
    padding: 4px 6px 8px;
  }
  .legend .bar {
    height: 10px;
    overflow: hidden;
    border-radius: 5px;
    background: repeating-conic-gradient(#999 0 25%, #ccc 0 50%) 0 0 / 10px 10px;
  }
  .legend .bar span {
    display: block;
    height: 100%;
  }
  .legend .ends {
    display: flex;
    justify-content: space-between;
    padding-top: 3px;
    font-size: 12px;
  }
  .photos {
    flex: 1;
  }
  .device {
    padding: 8px 18px;
    border-top: 1px solid var(--line);
    font-size: 12px;
  }
  .photos > p {
    padding: 0 10px;
    font-size: 12px;
  }
  .photos img,
  .no-thumbnail {
    width: 52px;
    height: 40px;
    flex: none;
    border-radius: 6px;
    object-fit: cover;
    background: var(--stage);
  }
  .no-thumbnail {
    display: grid;
    place-items: center;
    color: var(--faint);
  }
  .dot {
    width: 8px;
    height: 8px;
    flex: none;
    margin-left: auto;
    border-radius: 50%;
    background: var(--accent);
  }
  .exported {
    display: flex;
    margin-left: auto;
    color: var(--good);
  }
  .exported .icon {
    width: 16px;
    height: 16px;
    stroke-width: 2.2;
  }
  .problem {
    margin-left: auto;
    color: var(--bad);
    font-weight: 700;
  }
`;
