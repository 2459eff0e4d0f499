import { expect, test } from "vitest";
import { sessionCache } from "./sessionCache.ts";

/** A session that knows whether it was released. */
function newSession(): { isReleased: boolean; release(): Promise<void> } {
  return {
    isReleased: false,
    async release() {
      this.isReleased = true;
    },
  };
}

test("letting go twice does not take the session from others who hold it", async () => {
  const cache = sessionCache<ReturnType<typeof newSession>>(0);
  const session = newSession();
  const letGo = await cache.hold("key", async () => session);
  const letGoOfOther = await cache.hold("key", async () => newSession());
  await letGo();
  await letGo();
  expect(session.isReleased).toBe(false);
  await letGoOfOther();
  expect(session.isReleased).toBe(true);
});

test("a session that could not be made is made anew by whoever asks next", async () => {
  const cache = sessionCache<ReturnType<typeof newSession>>(1);
  const failing = cache.hold("key", () => Promise.reject(new Error("no room")));
  await expect(failing).rejects.toThrow("no room");
  expect(
    await cache.use(
      "key",
      async () => newSession(),
      async () => "made",
    ),
  ).toBe("made");
});
