import { expect, test } from "vitest";
import { click, servedApi } from "./servedApi.ts";

/** bench/apiLoad.ts is the same with 200 clients, the network and threads, for a minute. */
test("two dozen clients that click at once get the masks they would get alone, each as many", async () => {
  const { api, post, opened } = await servedApi({ threads: 2 });
  const part = { kind: "box", from: { x: 12, y: 12 }, to: { x: 28, y: 28 }, says: "object" };
  const sets = [[click(20, 20)], [click(50, 5)], [click(20, 20), part]];
  const masks: Buffer[] = [];
  for (const prompts of sets) {
    const session = await opened();
    await post(`${session}/prompts`, { prompts });
    masks.push((await api(`${session}/mask`)).body);
    await api(session, { method: "DELETE" });
  }
  const counts = await Promise.all(
    Array.from({ length: 24 }, async (_, number) => {
      const session = await opened();
      for (let turn = 0; turn < 3; turn++) {
        const set = (number + turn) % sets.length;
        await api(`${session}/restart`, { method: "POST" });
        await post(`${session}/prompts`, { prompts: sets[set] });
        const { status, body } = await api(`${session}/mask`);
        expect([status, body.equals(masks[set])]).toEqual([200, true]);
      }
      await api(session, { method: "DELETE" });
      return 3;
    }),
  );
  expect(counts).toHaveLength(24);
  expect(new Set(masks.map(String)).size).toBe(3);
  expect((await api("/v1/about")).json()).toMatchObject({
    now: { sessions: 0, storedBytes: 0, encodedBytes: 0, underWay: 0 },
  });
});
