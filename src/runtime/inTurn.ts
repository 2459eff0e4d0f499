const queues = new WeakMap<object, Promise<unknown>>();

/**
 * Do one thing after another for the same owner, in the order asked for. For ONNX Runtime: some builds
 * cannot do two at once, and none does them faster so.
 */
export function inTurn<Result>(owner: object, work: () => Promise<Result>): Promise<Result> {
  const before = queues.get(owner) ?? Promise.resolve();
  const done = before.then(work);
  queues.set(
    owner,
    done.catch(() => {}),
  );
  return done;
}
