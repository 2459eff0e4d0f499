/** Every word the page says. */

import type { Label, Size } from "maskwise";
import type { Verdict } from "./engine/contest.ts";
import { historyTexts, projectTexts } from "./texts/projects.ts";
import { editingCommands, editingKeys, editingTexts } from "./textsEditing.ts";
import { insightTexts } from "./textsInsight.ts";

const megapixels = ({ width, height }: Size): string => ((width * height) / 1e6).toFixed(0);
const megabytes = (bytes: number): string => (bytes / 2 ** 20).toFixed(0);

export const texts = {
  product: "Maskwise",

  stage: {
    name: "Photo",
    help: "Click on an object to cut it out. With the keyboard: arrow keys move a crosshair, Enter presses the tool there, Shift and Enter is the right button.",
    map: "The whole photo; what is in sight is framed",
    drop: "Drop photos here",
    empty: "Drop photos here, paste one, or open some",
  },

  hint: {
    sample: "This is a sample scene. Click on a thing to cut it out.",
    first: (label: Label): string => `Click on the ${label}.`,
    firstBackground: "Background is selected: click on what does not belong to any object.",
    second: "Too much? Right-click (or Shift-click) what does not belong. Too little? Click on it.",
    markers: "Click on a marker to take it back, or drag it to where it belongs.",
    stroke: "Draw over the object; with the right button or Shift, over the background.",
    box: "Drag a box around the object: it will stay inside.",
    paint: editingTexts.hint.paint,
    erase: editingTexts.hint.erase,
    polygon: editingTexts.hint.polygon,
    lasso: "Draw an outline around the object: it is most of what is inside, and nothing outside.",
    hand: "Drag to move the photo, turn the wheel to zoom.",
  },

  work: {
    reading: "Reading the photo…",
    opening: "Getting to know the photo…",
    openingWaits: (count: number): string =>
      `Getting to know the photo… ${count === 1 ? "your click waits" : `your ${count} clicks wait`}`,
    solving: "Working out the mask…",
    cancelled: "Stopped. Your clicks are kept.",
    failed: (reason: string): string => `The mask could not be worked out: ${reason}`,
    cancel: "Stop",
    resume: "Go on",
    again: "Try again",
    withoutNetwork: "Use the colour model",
    restarted: (reason: string): string =>
      `The segmenter stopped (${reason}). Your clicks are kept; it is starting again.`,
  },

  refused: (reason: string): string => `That does not go together: ${reason}`,
  chooseObject:
    "Boxes and lassos say where an object is, and the background is selected. Choose an object first.",

  emptyFile: (name: string): string => `“${name}” is empty. Copy it again from where it came.`,
  notAPicture: (name: string): string =>
    `“${name}” is not a picture that this browser can read. Use JPEG, PNG, WebP, AVIF or GIF.`,
  damagedPicture: (name: string): string =>
    `“${name}” is damaged: it begins like a picture, but its pixels cannot be read.`,
  fileTooLarge: (name: string, limit: number): string =>
    `“${name}” is larger than ${megabytes(limit)} MB. Save it smaller.`,
  pictureTooLarge: (name: string, size: Size, limit: number): string =>
    `“${name}” is ${size.width} × ${size.height}, ${megapixels(size)} megapixels; up to ${limit / 1e6} are possible here. Scale it down first.`,
  noCanvas: "This browser gave no canvas to draw on. Close some pages and load this one again.",
  noSample: (reason: string): string =>
    `The sample scene could not be drawn: ${reason}. Open a photo of your own.`,
  noPhoto: "Open a photo first.",
  nothingToExport: "There is no mask yet. Click on an object first.",

  notFetched: (url: string, reason: string): string =>
    `“${url.slice(url.lastIndexOf("/") + 1)}” could not be fetched (${reason}). It lies beside the page: load the page again; whoever serves it must serve the whole folder.`,
  slow: (reason: string): string =>
    `Masks take longer than they need to, because ONNX Runtime could not be loaded: ${reason}`,
  onDisk:
    "A page opened from the disk cannot load the trained network, so the colour model segments. “maskwise annotate” opens the page with the network.",

  offline: {
    ready: "Maskwise is kept in this browser: it opens without a network from now on.",
    update: "A newer Maskwise is here.",
    take: "Load it",
  },

  device: {
    title: (model: string): string => `Model “${model}”`,
    interpreter: "JavaScript",
    wasm: "WebAssembly",
    compared: ({ isTaken, usualMs, otherMs, failure }: Verdict): string => {
      const times = `${otherMs?.toFixed(0)} ms against ${usualMs.toFixed(0)} ms`;
      if (isTaken) return `WebGPU (${times} in WebAssembly)`;
      if (otherMs === undefined) return `WebAssembly (WebGPU failed here: ${failure})`;
      return otherMs < usualMs
        ? "WebAssembly (WebGPU answers otherwise here, or hardly sooner)"
        : `WebAssembly (WebGPU is slower here: ${times})`;
    },
  },

  serverGone:
    "The local server does not answer. Start “maskwise annotate” again and open the address it prints.",
  serverRefused: (complaint: string): string => `The local server refused: ${complaint}`,
  saved: (path: string): string => `Saved ${path}`,
  exported: (name: string): string => `Exported ${name}`,
  closed: (name: string): string => `Closed “${name}”.`,
  bringBack: "Bring back",

  sampleName: "Sample scene",
  object: (number: number): Label => (number === 1 ? "object" : `object ${number}`),

  tools: {
    click: "Click",
    stroke: "Scribble",
    box: "Box",
    lasso: "Lasso",
    hand: "Hand",
  },

  commands: {
    open: "Open photos",
    undo: "Undo",
    redo: "Redo",
    restart: "Clear all clicks",
    zoomIn: "Zoom in",
    zoomOut: "Zoom out",
    fit: "Show the whole photo",
    actualSize: "Show pixel by pixel",
    clickObject: "Click on the object",
    clickBackground: "Click on the background",
    stroke: "Scribble",
    box: "Box around the object",
    ...editingCommands,
    lasso: "Lasso around the object",
    hand: "Move the photo",
    smallerBrush: "Smaller brush",
    largerBrush: "Larger brush",
    nextObject: "Next object",
    removeObject: "Remove the object",
    outline: "Outline",
    uncertainty: "Uncertainty",
    suggest: "Where to click next",
    unsure: "Unsure pixels",
    why: "Why this pixel?",
    changes: "What the last step changed",
    grid: "Pixel grid",
    map: "Map of the photo",
    theme: "Light, dark, or as the system",
    nextPhoto: "Next photo",
    previousPhoto: "Previous photo",
    save: "Save the mask",
    done: "Done, go on to the next",
    skip: "Skip, go on to the next",
    review: "For review, go on to the next",
    history: "History",
    project: "Project: labels, other projects",
    evaluate: "Evaluate on a folder",
    help: "Shortcuts",
  },

  objects: {
    title: "Objects",
    list: "Labels that a click can say",
    background: "Background",
    name: (label: Label): string => `Name of ${label}`,
    rename: (label: Label): string => `Rename ${label}`,
    remove: (label: Label): string => `Remove ${label} and its clicks`,
    lock: (label: Label): string => `Lock ${label}: later objects take none of its pixels`,
    unlock: (label: Label): string => `Unlock ${label}, so that it can change again`,
    add: "Add object",
    clicks: (count: number): string => `${count} ${count === 1 ? "click" : "clicks"}`,
  },

  look: {
    title: "View",
    opacity: "Mask",
    photo: "Photo",
    brightness: "Brightness",
    contrast: "Contrast",
    channel: "Channel",
    channels: {
      colour: "All colours",
      grey: "Luminance",
      red: "Red",
      green: "Green",
      blue: "Blue",
    },
    plain: "Show it as it is",
    brush: "Brush size",
    sure: "sure",
    undecided: "undecided",
    legend: "Colours of the uncertainty, from sure to undecided",
  },

  insight: insightTexts,

  photos: {
    title: "Photos",
    list: "Open photos",
    close: (name: string): string => `Close ${name}`,
    hasMask: "clicked on",
    isExported: "exported",
    more: "or drop and paste them anywhere",
  },

  export: {
    title: "Export",
    mask: "Mask as PNG",
    maskBinary: "black and white",
    maskIndexed: (objects: number, hasUnsure: boolean): string =>
      `indexed, ${objects} ${objects === 1 ? "object" : "objects"}${hasUnsure ? ", 255 unsure" : ""}`,
    coco: "COCO JSON",
    cocoDetail: "run lengths, names, boxes",
    save: "Save beside the photo",
    saveMask: "PNG, in its folder",
    saveCoco: "COCO JSON, in its folder",
  },

  help: {
    title: "Shortcuts",
    close: "Close",
    mouse: "Mouse, touch and pen",
    keyboard: "Keyboard",
    commands: "Keys of your own",
    change: "Press on a key to give that command another one. They are kept in this browser.",
    changeKey: (command: string): string => `Change the key of “${command}”`,
    press: "press a key",
    none: "no key",
    refused: (key: string): string =>
      `${key === "" ? "That" : key} is needed to get about, by the page or by the browser. Press another key, or Esc.`,
    clash: (key: string, command: string): string => `${key} is “${command}” now.`,
    take: "Take it from there",
    leave: "Leave it",
    reset: "All keys as they were",
    gestures: [
      ["Click", "This belongs to the selected object"],
      ["Right-click, Shift-click", "This is background"],
      ["Click on a marker", "Take it back"],
      ["Drag a marker", "Move it: the mask follows"],
      ["Wheel", "Zoom at the pointer"],
      ["Space-drag, middle-drag", "Move the photo"],
      ["Ctrl-click", "Click several times, then let Ctrl go for the mask"],
      ["Two fingers", "Zoom and move; a palm beside a pen says nothing"],
      ["Pen’s eraser, or its button", "This is background"],
    ],
    keys: [
      ["1 … 9", "Select an object"],
      ["0", "Select the background"],
      [
        "Arrow keys, Enter",
        "Point and press by keyboard; what draws is let go by Enter too (Shift: fine steps, right button)",
      ],
      ...editingKeys,
      ["Esc", "Give up a stroke or a box"],
      ["Space", "Over the photo: this object is done, on to the next"],
    ],
    privacy: "Photos and masks stay on this machine.",
  },

  evaluation: {
    title: "Evaluate on a folder",
    drop: "Drop a folder of photos whose masks are known here: a standard set, or images and masks of your own",
    choose: "Choose a folder",
    set: "Set",
    objects: "Objects",
    clicks: "Clicks",
    start: "Start",
    stop: "Stop",
    save: "Save the report",
    close: "Close",
    noFolder: "That is no folder. Drop the folder that holds photos and masks.",
    closedFolder:
      "This browser does not let a page that was opened from the disk look into a dropped folder. Choose the folder instead.",
    isEmpty: "There is no object in this set.",
    missing: (path: string): string => `“${path}” is not in the folder.`,
    notDecoded: "This picture cannot be decoded by the browser.",
    found: (set: string, objects: number | undefined): string =>
      objects === undefined ? set : `${set}, ${objects} objects`,
    progress: (done: number, total: number, seconds: number): string =>
      done === 0 ? `0 of ${total}` : `${done} of ${total}, about ${Math.ceil(seconds)} s left`,
    stopped: (done: number): string => `Stopped after ${done} objects; the numbers are of these.`,
    failed: (reason: string): string => `The evaluation failed: ${reason}`,
    skipped: (objects: number): string => `${objects} skipped, listed in the report`,
    latency: (open: string, first: string, later: string): string =>
      `open ${open}, first click ${first}, later clicks ${later}`,
    decoder:
      "Photos were decoded by this browser: for PNG and lossless WebP as in Node; JPEG may differ by a grey level, and then the hash differs too.",
  },

  editing: editingTexts,
  projects: projectTexts,
  history: historyTexts,

  dismiss: "Dismiss",
} as const;
