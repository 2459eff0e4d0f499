/** Photos that are dropped on the page or pasted into it. */

export interface IncomingOptions {
  /** Ends the listening. */
  readonly signal: AbortSignal;
  take(files: readonly File[]): void;
  /** Files hang over the page, or no longer do. */
  hover(isOver: boolean): void;
  /** A folder was dropped that the browser does not let the page look into. */
  closedFolder(): void;
}

export function listenForFiles({ signal, take, hover, closedFolder }: IncomingOptions): void {
  // Entering a child comes before leaving its parent, so the two are counted against each other.
  let depth = 0;
  const over = (change: number): void => {
    depth = Math.max(0, depth + change);
    hover(depth > 0);
  };

  const listen = <Kind extends keyof WindowEventMap>(
    kind: Kind,
    heard: (event: WindowEventMap[Kind]) => void,
  ): void => window.addEventListener(kind, heard, { signal });

  listen("dragenter", (event) => hasFiles(event.dataTransfer) && over(1));
  listen("dragleave", (event) => hasFiles(event.dataTransfer) && over(-1));
  listen("dragover", (event) => hasFiles(event.dataTransfer) && event.preventDefault());
  listen("drop", (event) => {
    if (!hasFiles(event.dataTransfer)) return;
    event.preventDefault();
    over(-depth);
    takeFrom(event.dataTransfer);
  });
  listen("paste", (event) => takeFrom(event.clipboardData));

  function takeFrom(transfer: DataTransfer | null): void {
    const files = [...(transfer?.files ?? [])];
    // What was dropped can only be asked for before the event is over.
    const entries = [...(transfer?.items ?? [])].flatMap((item) => item.webkitGetAsEntry() ?? []);
    if (!entries.some(({ isDirectory }) => isDirectory)) {
      if (files.length > 0) take(files);
      return;
    }
    filesIn(entries).then(take, () => closedFolder());
  }
}

/** Let a person choose a folder, and take the photos in it and in its folders. */
export function chooseFolder(take: (files: readonly File[]) => void): void {
  const input = document.createElement("input");
  input.type = "file";
  input.webkitdirectory = true;
  input.onchange = () => {
    const files = [...(input.files ?? [])];
    take(files.filter(isPhoto).sort(byPath));
  };
  input.click();
}

function isPhoto({ name, type }: File): boolean {
  return type.startsWith("image/") && !name.startsWith(".");
}

function byPath({ webkitRelativePath: one }: File, { webkitRelativePath: other }: File): number {
  return one.localeCompare(other, "en", { numeric: true });
}

/** Everything in what was dropped, folders and theirs included. */
async function filesIn(entries: readonly FileSystemEntry[]): Promise<readonly File[]> {
  const found: File[] = [];
  for (const entry of entries) {
    if (entry.isDirectory) found.push(...(await filesOfFolder(entry as FileSystemDirectoryEntry)));
    else found.push(await fileOf(entry as FileSystemFileEntry));
  }
  return found;
}

async function filesOfFolder(folder: FileSystemDirectoryEntry): Promise<readonly File[]> {
  const reader = folder.createReader();
  const entries: FileSystemEntry[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (some.length === 0) break;
    entries.push(...some);
  }
  entries.sort((a, b) => a.name.localeCompare(b.name, "en", { numeric: true }));
  return (await filesIn(entries)).filter(isPhoto);
}

function fileOf(entry: FileSystemFileEntry): Promise<File> {
  return new Promise((resolve, reject) => entry.file(resolve, reject));
}

function hasFiles(transfer: DataTransfer | null): boolean {
  return transfer?.types.includes("Files") ?? false;
}
