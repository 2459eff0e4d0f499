import { Annotator } from "./annotator.ts";
import { Evaluation } from "./evaluation/evaluation.ts";
import { Stage } from "./stage/stage.ts";

customElements.define("maskwise-stage", Stage);
customElements.define("maskwise-annotator", Annotator);
customElements.define("maskwise-evaluation", Evaluation);
