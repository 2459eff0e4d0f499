/**
 * Answer the newest question, one at a time. Questions asked while an answer is being worked out
 * replace each other; when it is done, the newest is taken up. So nothing piles up, nothing that
 * was worked out is thrown away, and the last answer is always that of the last question.
 */
export interface Latest<Question> {
  ask(question: Question): void;
  /** Drop the question that waits, if any. */
  forget(): void;
  /** Whether a question waits while another is being worked out. */
  isWaiting(): boolean;
  /** Resolves when nothing is being worked out and nothing waits. */
  settled(): Promise<void>;
}

/** @param answer Works one question out and deals with the outcome, failures included. */
export function latest<Question>(answer: (question: Question) => Promise<void>): Latest<Question> {
  let waiting: { readonly question: Question } | undefined;
  let running: Promise<void> | undefined;

  async function run(): Promise<void> {
    try {
      while (waiting) {
        const { question } = waiting;
        waiting = undefined;
        await answer(question);
      }
    } finally {
      running = undefined;
    }
  }

  return {
    ask(question) {
      waiting = { question };
      running ??= run();
    },
    forget() {
      waiting = undefined;
    },
    isWaiting: () => waiting !== undefined,
    async settled() {
      while (running) await running;
    },
  };
}
