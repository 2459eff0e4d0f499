import { Annotator } from "./annotator.ts";
import { Evaluation } from "./evaluation/evaluation.ts";
import { StageMap } from "./stage/map.ts";
import { Stage } from "./stage/stage.ts";
import { Shortcuts } from "./view/shortcuts.ts";

customElements.define("maskwise-map", StageMap);
customElements.define("maskwise-stage", Stage);
customElements.define("maskwise-shortcuts", Shortcuts);
customElements.define("maskwise-annotator", Annotator);
customElements.define("maskwise-evaluation", Evaluation);
