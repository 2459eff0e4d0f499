import { Annotator } from "./annotator.ts";
import { Stage } from "./stage/stage.ts";

customElements.define("maskwise-stage", Stage);
customElements.define("maskwise-annotator", Annotator);
