/**
 * One page at a time may change a project. The right to is a lock that the browser takes back by
 * itself when a page ends, however it ends; a page that wants it asks the one that has it to finish
 * its writing first, and after a while takes it.
 */

/** So long a page that has just been closed may still hold the lock, in milliseconds. */
const CLOSING_MS = 500;

/** So long the other page may take to finish its writing, in milliseconds. */
const FINISHING_MS = 3000;

type Message = { readonly kind: "let go" } | { readonly kind: "changed"; readonly photo: string };

export interface OwnershipOptions {
  /** Finish what is being written: another page asks for the project. */
  finish(): Promise<void>;
  /** The project is another page's now. */
  lost(): void;
  /** The page that owns the project has changed a photo. */
  changed(photo: string): void;
}

export class Ownership {
  readonly #name: string;
  readonly #options: OwnershipOptions;
  readonly #channel: BroadcastChannel;
  #release: (() => void) | undefined;

  constructor(project: string, options: OwnershipOptions) {
    this.#name = `maskwise project ${project}`;
    this.#options = options;
    this.#channel = new BroadcastChannel(this.#name);
    this.#channel.onmessage = ({ data }: MessageEvent<Message>) => this.#hear(data);
  }

  get isOwner(): boolean {
    return this.#release !== undefined;
  }

  /** Become the owner unless another page is. */
  claim(): Promise<boolean> {
    return this.#request({ signal: AbortSignal.timeout(CLOSING_MS) });
  }

  /** Become the owner, whoever is. */
  async takeOver(): Promise<void> {
    if (this.isOwner) return;
    this.#tell({ kind: "let go" });
    const isFree = await this.#request({ signal: AbortSignal.timeout(FINISHING_MS) });
    if (!isFree) await this.#request({ steal: true });
  }

  /** Let readers know what they should read again. */
  tellChanged(photo: string): void {
    this.#tell({ kind: "changed", photo });
  }

  /** Let go of the project. */
  end(): void {
    this.#channel.close();
    this.#release?.();
    this.#release = undefined;
  }

  #tell(message: Message): void {
    this.#channel.postMessage(message);
  }

  #hear(message: Message): void {
    if (message.kind === "changed") {
      if (!this.isOwner) this.#options.changed(message.photo);
      return;
    }
    const release = this.#release;
    if (!release) return;
    // What comes after this moment is not the owner's any more, so nothing new is begun.
    this.#options.lost();
    void this.#options.finish().finally(() => {
      this.#release = undefined;
      release();
    });
  }

  #request(options: LockOptions): Promise<boolean> {
    return new Promise((resolve) => {
      let mine: (() => void) | undefined;
      navigator.locks
        .request(this.#name, options, () => {
          const held = new Promise<void>((release) => {
            mine = release;
          });
          this.#release = mine;
          resolve(true);
          return held;
        })
        .catch(() => {
          // Not got in time; or, later, taken by another page without a word.
          resolve(false);
          if (mine === undefined || this.#release !== mine) return;
          this.#release = undefined;
          this.#options.lost();
        });
    });
  }
}
