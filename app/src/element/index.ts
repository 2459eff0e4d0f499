/** `maskwise/element`: importing it makes `<maskwise-image>` known to the page. */

import { StageMap } from "../stage/map.ts";
import { Stage } from "../stage/stage.ts";
import { MaskwiseImage } from "./maskwiseImage.ts";

export type { MaskwiseEvent, MaskwiseEventName, MaskwiseEvents } from "./events.ts";
export type { ImageSource } from "./imageSource.ts";
export type { LabelMask } from "./labelMasks.ts";
export type { MaskLook } from "./maskLook.ts";
export type { ImageTool } from "./maskwiseImage.ts";
export { MaskwiseImage };

// A page may import it twice, and the annotator brings the stage along.
if (!customElements.get("maskwise-map")) customElements.define("maskwise-map", StageMap);
if (!customElements.get("maskwise-stage")) customElements.define("maskwise-stage", Stage);
if (!customElements.get("maskwise-image")) customElements.define("maskwise-image", MaskwiseImage);

declare global {
  interface HTMLElementTagNameMap {
    "maskwise-image": MaskwiseImage;
  }
}
