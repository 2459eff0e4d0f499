import { Annotator } from "./annotator.ts";
import { HistoryDialog } from "./dialogs/historyDialog.ts";
import { ProjectDialog } from "./dialogs/projectDialog.ts";
import { Evaluation } from "./evaluation/evaluation.ts";
import { InsightLayer } from "./stage/insightLayer.ts";
import { StageMap } from "./stage/map.ts";
import { Stage } from "./stage/stage.ts";
import { Shortcuts } from "./view/shortcuts.ts";

customElements.define("maskwise-map", StageMap);
customElements.define("maskwise-stage", Stage);
customElements.define("maskwise-insight", InsightLayer);
customElements.define("maskwise-shortcuts", Shortcuts);
customElements.define("maskwise-annotator", Annotator);
customElements.define("maskwise-evaluation", Evaluation);
customElements.define("maskwise-history", HistoryDialog);
customElements.define("maskwise-project", ProjectDialog);
