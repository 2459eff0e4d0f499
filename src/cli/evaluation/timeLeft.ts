/** How much is done and how long the rest will take, at the pace so far. */

export interface TimeLeft {
  /** One more is done. */
  done(): void;
  /** "3 of 50, about 2 min left". */
  tell(): string;
}

/**
 * @param now   A clock in milliseconds.
 * @param total How many there are to do, where that is known.
 */
export function timeLeft(now: () => number, total: number | undefined): TimeLeft {
  const begun = now();
  let count = 0;
  return {
    done: () => {
      count++;
    },
    tell: () => {
      if (total === undefined) return `${count} done`;
      if (count === 0) return `${count} of ${total}`;
      const seconds = ((now() - begun) / 1000 / count) * (total - count);
      return `${count} of ${total}, about ${duration(seconds)} left`;
    },
  };
}

function duration(seconds: number): string {
  if (seconds < 60) return `${Math.ceil(seconds)} s`;
  const minutes = Math.ceil(seconds / 60);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
