/** The element on its page: a block that the picture fills. */
export const STYLE = `
  :host { display: block; position: relative; min-height: 240px; overflow: hidden; }
  :host([hidden]) { display: none; }
  maskwise-stage {
    position: absolute;
    inset: 0;
    --accent: var(--maskwise-accent, light-dark(#0b6bcb, #4ea1f7));
    --panel: light-dark(#fff, #1c2026);
    --line: light-dark(#d9dde3, #2d333c);
    --shadow: 0 1px 2px rgb(0 0 0 / 0.2), 0 6px 20px rgb(0 0 0 / 0.15);
  }
`;
