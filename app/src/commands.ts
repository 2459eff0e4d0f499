/** Everything that a button or a key can do, once: the toolbar, the keys and the help read this. */

import { BACKGROUND, canRedo, canUndo, state as inForce, type Label, type Session } from "maskwise";
import {
  addObject,
  clearPrompts,
  redoEdit,
  removeObject,
  selectLabelAt,
  undoEdit,
} from "./desk/edits.ts";
import { saveMask } from "./desk/exports.ts";
import { goToSuggestion, toggleInsight } from "./desk/insight.ts";
import { labelInHand, showBeside } from "./desk/photos.ts";
import { hasParts, hasPixels, retouchWhole, splitObject } from "./desk/retouch.ts";
import { setStatusAndGoOn } from "./desk/status.ts";
import type { Studio } from "./desk/studio.ts";
import type { Stage } from "./stage/stage.ts";
import { themes } from "./state/look.ts";
import { saysSomething } from "./state/saysSomething.ts";
import { holderOf, keysOf } from "./state/shortcuts.ts";
import { type State, selectedLabel, selectedPhoto, visibleAnswer } from "./state/state.ts";
import type { texts } from "./texts.ts";
import type { ToolName } from "./tools/table.ts";

export type CommandName = keyof typeof texts.commands;

/** What commands work on. */
export interface Workplace {
  readonly studio: Studio;
  stage(): Stage;
  /** Let the person choose files. */
  chooseFiles(): void;
  /** Let the person choose a folder. */
  chooseFolder(): void;
  showProject(): void;
  showHistory(): void;
  showHelp(): void;
  showEvaluation(): void;
}

export interface Command {
  /** As they are printed on keyboards; "Ctrl" is also the Mac's ⌘. A person may change them: `keysFor`. */
  readonly keys: readonly string[];
  /** @default always */
  readonly isPossible?: (state: State) => boolean;
  run(workplace: Workplace): void;
}

const ZOOM_STEP = 1.3;
const BRUSH_STEP = 1.25;

/** Diameters of the brush, in picture pixels. */
export const MIN_BRUSH = 2;
export const MAX_BRUSH = 200;

const hasPhoto = ({ current }: State): boolean => current !== undefined;
const hasSeveral = ({ photos }: State): boolean => photos.length > 1;
const isBrushing = ({ tool }: State): boolean =>
  tool === "stroke" || tool === "paint" || tool === "erase";

export const commands: Readonly<Record<CommandName, Command>> = {
  open: { keys: ["Ctrl+O"], run: ({ chooseFiles }) => chooseFiles() },
  undo: {
    keys: ["Ctrl+Z"],
    isPossible: (state) => ofSession(state, canUndo),
    run: ({ studio }) => undoEdit(studio),
  },
  redo: {
    keys: ["Ctrl+Shift+Z", "Ctrl+Y"],
    isPossible: (state) => ofSession(state, canRedo),
    run: ({ studio }) => redoEdit(studio),
  },
  restart: {
    keys: ["B"],
    isPossible: (state) => ofSession(state, saysSomething),
    run: ({ studio }) => clearPrompts(studio),
  },
  clickObject: { keys: ["Q"], run: ({ studio }) => clickWith(studio, "object") },
  clickBackground: { keys: ["E"], run: ({ studio }) => clickWith(studio, "background") },
  stroke: { keys: ["S"], run: ({ studio }) => take(studio, "stroke") },
  box: { keys: ["X"], run: ({ studio }) => take(studio, "box") },
  paint: { keys: ["P"], run: ({ studio }) => take(studio, "paint") },
  erase: { keys: ["R"], run: ({ studio }) => take(studio, "erase") },
  polygon: { keys: ["Y"], run: ({ studio }) => take(studio, "polygon") },
  fillHoles: {
    keys: ["Shift+F"],
    isPossible: hasPixels,
    run: ({ studio }) => retouchWhole(studio, "fillHoles"),
  },
  dropIslands: {
    keys: ["Shift+D"],
    isPossible: hasParts,
    run: ({ studio }) => retouchWhole(studio, "dropIslands"),
  },
  smooth: {
    keys: ["Shift+S"],
    isPossible: hasPixels,
    run: ({ studio }) => retouchWhole(studio, "smooth"),
  },
  grow: { keys: [">"], isPossible: hasPixels, run: ({ studio }) => retouchWhole(studio, "grow") },
  shrink: {
    keys: ["<"],
    isPossible: hasPixels,
    run: ({ studio }) => retouchWhole(studio, "shrink"),
  },
  splitObject: {
    keys: ["Shift+P"],
    isPossible: hasParts,
    run: ({ studio }) => splitObject(studio),
  },
  lasso: { keys: ["L"], run: ({ studio }) => take(studio, "lasso") },
  hand: { keys: ["H"], run: ({ studio }) => take(studio, "hand") },
  smallerBrush: {
    keys: ["["],
    isPossible: isBrushing,
    run: ({ studio }) => setBrush(studio, Math.floor(studio.state.brush / BRUSH_STEP)),
  },
  largerBrush: {
    keys: ["]"],
    isPossible: isBrushing,
    run: ({ studio }) => setBrush(studio, Math.ceil(studio.state.brush * BRUSH_STEP)),
  },
  zoomIn: { keys: ["+", "="], isPossible: hasPhoto, run: ({ stage }) => stage().zoom(ZOOM_STEP) },
  zoomOut: { keys: ["-"], isPossible: hasPhoto, run: ({ stage }) => stage().zoom(1 / ZOOM_STEP) },
  fit: {
    keys: ["Home"],
    isPossible: hasPhoto,
    run: ({ stage }) => stage().viewport.fit(),
  },
  actualSize: {
    keys: ["End"],
    isPossible: hasPhoto,
    run: ({ stage }) => stage().viewport.centre(1 / devicePixelRatio),
  },
  nextObject: {
    keys: ["F"],
    isPossible: hasPhoto,
    run: ({ studio }) => addObject(studio),
  },
  removeObject: {
    keys: ["Delete"],
    isPossible: (state) =>
      ofSession(state, (session, label) => label !== BACKGROUND && canRemoveObject(session)),
    run: ({ studio }) => removeObject(studio, labelInHand(studio)),
  },
  outline: { keys: ["O"], run: ({ studio }) => toggle(studio, "outline") },
  uncertainty: { keys: ["U"], run: ({ studio }) => toggle(studio, "uncertainty") },
  suggest: {
    keys: ["N"],
    isPossible: (state) => visibleAnswer(state) !== undefined,
    run: ({ studio, stage }) => goToSuggestion(studio, stage()),
  },
  unsure: { keys: ["Shift+U"], run: ({ studio }) => toggleInsight(studio, "unsure") },
  why: { keys: ["W"], run: ({ studio }) => toggleInsight(studio, "why") },
  changes: { keys: ["C"], run: ({ studio }) => toggleInsight(studio, "changes") },
  grid: { keys: ["G"], run: ({ studio }) => toggle(studio, "grid") },
  map: { keys: ["M"], run: ({ studio }) => toggle(studio, "map") },
  theme: { keys: ["T"], run: ({ studio }) => turnTheme(studio) },
  previousPhoto: {
    keys: ["A"],
    isPossible: hasSeveral,
    run: ({ studio }) => showBeside(studio, -1),
  },
  nextPhoto: { keys: ["D"], isPossible: hasSeveral, run: ({ studio }) => showBeside(studio, 1) },
  save: {
    keys: ["Ctrl+S"],
    isPossible: (state) => visibleAnswer(state) !== undefined,
    run: ({ studio }) => void saveMask(studio),
  },
  done: {
    keys: ["Ctrl+Enter"],
    isPossible: hasPhoto,
    run: ({ studio }) => setStatusAndGoOn(studio, "done"),
  },
  skip: {
    keys: ["Ctrl+Backspace"],
    isPossible: hasPhoto,
    run: ({ studio }) => setStatusAndGoOn(studio, "skipped"),
  },
  review: {
    keys: ["Ctrl+Shift+Enter"],
    isPossible: hasPhoto,
    run: ({ studio }) => setStatusAndGoOn(studio, "needs review"),
  },
  history: { keys: ["Shift+H"], isPossible: hasPhoto, run: ({ showHistory }) => showHistory() },
  project: { keys: ["J"], run: ({ showProject }) => showProject() },
  evaluate: { keys: ["V"], run: ({ showEvaluation }) => showEvaluation() },
  help: { keys: ["?"], run: ({ showHelp }) => showHelp() },
};

/** The keys of a command, as they are now. */
export function keysFor(name: CommandName, { keys }: State): readonly string[] {
  return keysOf(name, keys, commands);
}

export function commandFor(key: string, { keys }: State): CommandName | undefined {
  return holderOf(key, keys, commands) as CommandName | undefined;
}

export function isPossible(name: CommandName, state: State): boolean {
  return commands[name].isPossible?.(state) ?? true;
}

/** Choose the brush's diameter, within its bounds. */
export function setBrush(studio: Studio, brush: number): void {
  studio.change({ brush: Math.min(MAX_BRUSH, Math.max(MIN_BRUSH, brush)) });
}

function take(studio: Studio, tool: ToolName): void {
  studio.change({ tool });
}

/** The click tool with an object in hand (the selected one, or the first) or with the background. */
function clickWith(studio: Studio, kind: "object" | "background"): void {
  take(studio, "click");
  const photo = selectedPhoto(studio.state);
  if (!photo?.session) return;
  const at = inForce(photo.session).labels.indexOf(selectedLabel(photo));
  selectLabelAt(studio, kind === "background" ? 0 : Math.max(1, at));
}

function toggle(studio: Studio, what: "outline" | "uncertainty" | "grid" | "map"): void {
  const { look } = studio.state;
  studio.change({ look: { ...look, [what]: !look[what] } });
}

function turnTheme(studio: Studio): void {
  const next = themes[(themes.indexOf(studio.state.theme) + 1) % themes.length];
  if (next) studio.change({ theme: next });
}

/** A session keeps one object at least. */
export function canRemoveObject(session: Session): boolean {
  return inForce(session).labels.length > 2;
}

function ofSession(state: State, holds: (session: Session, selected: Label) => boolean): boolean {
  const photo = selectedPhoto(state);
  return photo?.session !== undefined && holds(photo.session, selectedLabel(photo));
}
