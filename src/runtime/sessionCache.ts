/** Sessions by what they run: each made once, used by many, a bounded number of them kept. */

/** Something that holds memory until it is released. */
interface Releasable {
  release(): Promise<void>;
}

export interface SessionCache<Session extends Releasable> {
  /**
   * Use the session of this key; it stays for as long as `work` takes.
   *
   * @param make Makes the session, if there is none.
   */
  use<Result>(
    key: string,
    make: () => Promise<Session>,
    work: (session: Session) => Promise<Result>,
  ): Promise<Result>;
  /** Hold on to the session of this key until the returned function is called; once is enough. */
  hold(key: string, make: () => Promise<Session>): Promise<() => Promise<void>>;
  /** Release all sessions; none may be in use. */
  clear(): Promise<void>;
}

interface Entry<Session> {
  readonly session: Promise<Session>;
  users: number;
}

/**
 * @param most How many sessions to keep when nobody uses them; those not used for longest go first.
 */
export function sessionCache<Session extends Releasable>(most: number): SessionCache<Session> {
  // In the order of their last use.
  const entries = new Map<string, Entry<Session>>();

  function enter(key: string, make: () => Promise<Session>): Entry<Session> {
    const entry = entries.get(key) ?? newEntry(key, make());
    entry.users++;
    entries.delete(key);
    entries.set(key, entry);
    return entry;
  }

  function newEntry(key: string, session: Promise<Session>): Entry<Session> {
    const entry = { session, users: 0 };
    // One that could not be made is tried again by whoever asks next.
    session.catch(() => {
      if (entries.get(key) === entry) entries.delete(key);
    });
    return entry;
  }

  async function leave(entry: Entry<Session>): Promise<void> {
    entry.users--;
    const idle = [...entries].filter(([, { users }]) => users === 0);
    for (const [key, { session }] of idle.slice(0, Math.max(0, entries.size - most))) {
      entries.delete(key);
      await (await session).release();
    }
  }

  return {
    use: async (key, make, work) => {
      const entry = enter(key, make);
      try {
        return await work(await entry.session);
      } finally {
        await leave(entry);
      }
    },
    hold: async (key, make) => {
      const entry = enter(key, make);
      try {
        await entry.session;
      } catch (error) {
        await leave(entry);
        throw error;
      }
      let isHeld = true;
      return async () => {
        if (!isHeld) return;
        isHeld = false;
        await leave(entry);
      };
    },
    clear: async () => {
      const all = [...entries.values()];
      entries.clear();
      for (const { session } of all) await (await session).release();
    },
  };
}
