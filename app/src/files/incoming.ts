/** Photos that are dropped on the page or pasted into it. */

export interface IncomingOptions {
  /** Ends the listening. */
  readonly signal: AbortSignal;
  take(files: readonly File[]): void;
  /** Files hang over the page, or no longer do. */
  hover(isOver: boolean): void;
}

export function listenForFiles({ signal, take, hover }: IncomingOptions): void {
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
    if (files.length > 0) take(files);
  }
}

function hasFiles(transfer: DataTransfer | null): boolean {
  return transfer?.types.includes("Files") ?? false;
}
