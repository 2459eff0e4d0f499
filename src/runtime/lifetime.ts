/** What can be used until it is ended. */
export interface Lifetime {
  /**
   * Do something while it lasts.
   *
   * @throws {Error} Rejects when it is over.
   */
  during<Result>(work: () => Promise<Result>): Promise<Result>;
  /** Let nothing begin any more, and wait for what is under way. */
  end(): Promise<void>;
}

/**
 * @param owner Whose life it is, as errors say.
 */
export function lifetime(owner: string): Lifetime {
  const underWay = new Set<Promise<unknown>>();
  let isOver = false;
  return {
    during: (work) => {
      if (isOver) {
        return Promise.reject(
          new Error(`${owner}: it was disposed of and runs nothing any more. Make a new one.`),
        );
      }
      const done = work();
      underWay.add(done);
      // Whoever asked hears of errors; here it only matters that it is over.
      const leave = (): void => void underWay.delete(done);
      done.then(leave, leave);
      return done;
    },
    end: async () => {
      isOver = true;
      await Promise.allSettled(underWay);
    },
  };
}
