/** What the page says about projects, keeping and history. */

const count = (number: number, one: string, many: string): string =>
  `${number} ${number === 1 ? one : many}`;

export const projectTexts = {
  title: "Project",
  close: "Close",
  first: "My photos",
  numbered: (number: number): string => `Project ${number}`,
  name: "Name",
  photos: (number: number): string => count(number, "photo", "photos"),

  labels: "Labels",
  noLabels: "Without labels, objects are named freely. With labels, every photo begins with them.",
  addLabel: "Add label",
  label: (number: number): string => `label ${number}`,
  colourOf: (label: string): string => `Colour of ${label}`,
  nameOf: (label: string): string => `Name of ${label}`,
  keyOf: (label: string): string => `Key that takes ${label} in hand`,
  key: "key",
  keyIsTaken: (key: string): string =>
    `The key ${key} does something else already. Choose another.`,
  removeLabel: (label: string): string => `Remove ${label} from the project; objects stay`,
  attributes: (number: number): string =>
    number === 0 ? "Attributes" : count(number, "attribute", "attributes"),
  addAttribute: "Add attribute",
  attribute: (number: number): string => `attribute ${number}`,
  attributeName: "Name of the attribute",
  attributeKind: (name: string): string => `Kind of ${name}`,
  kinds: { choice: "one of", check: "yes or no", text: "any text" },
  valuesOf: (name: string): string => `Values of ${name}, separated by commas`,
  firstValues: ["yes", "no"],
  removeAttribute: (name: string): string => `Remove ${name}`,
  another: (label: string): string => `Add another ${label}`,
  attributesOf: (object: string): string => `Attributes of ${object}`,
  unsaid: "–",

  all: "Projects in this browser",
  open: "Open",
  isOpen: "open",
  begin: "New project",
  remove: (name: string): string => `Delete ${name}`,
  confirmRemoval: (name: string, photos: number): string =>
    `Delete “${name}” with ${count(photos, "photo", "photos")} and everything that was said about them? This cannot be undone.`,
  inBrowser: "Photos and everything said about them are kept by this browser, on this machine.",
  inFolder:
    "Everything said about the photos is kept in the folder “maskwise” beside them, a file for each photo.",

  search: "Search by name",
  allStatuses: "All",
  filterLabel: "Show photos by status",
  nothingFound: "No photo is like that.",
  showAll: "Show all photos",
  openFolder: "Open a folder",
  takingIn: (done: number, total: number): string => `Taking in photos: ${done} of ${total}`,
  statuses: {
    "to do": "To do",
    "needs review": "Review",
    done: "Done",
    skipped: "Skipped",
  },
  statusOf: (name: string): string => `Status of ${name}`,
  progress: (done: number, total: number): string => `${done} of ${total} done`,

  kept: "All changes are kept",
  keptInFolder: "All changes are kept in the folder",
  writing: "Keeping changes…",
  failed: (reason: string): string =>
    `The newest changes are not kept: ${reason.replace(/\.$/, "")}. They are in this page as long as it is open; keeping them is tried again and again.`,
  full: "There is no room left to keep the newest changes. They are in this page as long as it is open: free some disk space, or delete photos or projects that are done. Keeping them is tried again and again.",
  notKeptShort: "Not kept",
  again: "Try now",
  keptAgain: "Everything is kept now.",
  withoutFile: (name: string): string =>
    `There is no room to keep the file of “${name}”. What you say about it is kept; after a reload, drop the file here again.`,
  notKept: (reason: string): string =>
    `Work cannot be kept: ${reason.replace(/\.$/, "")}. Export masks before you close the page.`,
  fileMissing: (name: string): string =>
    `The file of “${name}” was not kept for want of room. Drop it here again: what you said about it is there.`,
  onlyHere: "Dropped photos are not in the folder, so they are not kept. Put them into the folder.",
  sizeChanged: (name: string, was: string, is: string): string =>
    `“${name}” was ${was} when it was worked on, and is ${is} now. What was said stays as it is; bring the photo back as it was.`,
  lostChanges:
    "The newest changes in this page could not be kept, as somebody else has changed the project. Work here, and they are among the earlier versions in the history.",

  reading: "This project is open in another tab. Here you can look, but not change anything.",
  readingFolder: "This folder was changed elsewhere. Here you can look, but not change anything.",
  takeOver: "Work here",
  draft: "A stroke was unfinished when the page was closed. It has been kept.",
} as const;

export const historyTexts = {
  title: "History",
  close: "Close",
  steps: "Steps",
  start: "Nothing said yet",
  versions: "Earlier versions",
  none: "None yet.",
  restore: "Restore",
  count: (number: number): string => count(number, "step", "steps"),
  explained:
    "A version is kept when work on a photo is taken up again, when undone steps are overwritten, at every export, and when a photo is done. Restoring keeps what is there now.",
  occasions: {
    opened: "As it was opened",
    overwritten: "Before undone steps were overwritten",
    exported: "As it was exported",
    done: "When it was done",
    restored: "Before a version was restored",
  },
  events: {
    prompts: { click: "Click", stroke: "Stroke", box: "Box", lasso: "Lasso" },
    say: (prompt: string, label: string): string => `${prompt}: ${label}`,
    takeBack: "Took something back",
    addLabel: (label: string): string => `Added ${label}`,
    renameLabel: (label: string, to: string): string => `Renamed ${label} to ${to}`,
    removeLabel: (label: string): string => `Removed ${label}`,
    mergeLabels: (label: string, into: string): string => `Merged ${label} into ${into}`,
    edits: {
      brush: "Painted",
      fill: "Filled",
      polygons: "Drew outlines",
      "fill holes": "Filled holes",
      "drop islands": "Dropped islands",
      smooth: "Smoothed",
      grow: "Grew or shrank",
    },
    lock: (label: string): string => `Locked ${label}`,
    unlock: (label: string): string => `Unlocked ${label}`,
    setStrength: (strength: number): string => `Set the strength to × ${strength.toPrecision(2)}`,
    startFrom: "Started from a mask",
    restart: "Cleared everything",
  },
} as const;
