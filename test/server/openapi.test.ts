import { Validator } from "@seriousme/openapi-schema-validator";
import { Ajv2020 } from "ajv/dist/2020.js";
import { expect, test } from "vitest";
import type { Answer } from "./served.ts";
import { click, DISC, servedApi } from "./servedApi.ts";

interface Described {
  readonly description?: string;
  readonly content?: Readonly<Record<string, { readonly schema: { readonly format?: string } }>>;
}

interface Operation {
  readonly summary?: string;
  readonly responses: Readonly<Record<string, Described>>;
}

interface Description {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: object;
}

test("the description is OpenAPI 3.1, says what every route is for, and wants the token where one is wanted", async () => {
  const { api } = await servedApi();
  const document = (await api("/openapi.json")).json() as Description;
  const checked = await new Validator().validate({ ...structuredClone(document) });
  expect(checked.errors ?? []).toEqual([]);
  expect(checked.valid).toBe(true);
  const operations = Object.values(document.paths).flatMap((path) => Object.values(path));
  expect(operations.length).toBeGreaterThan(20);
  for (const { summary, responses } of operations) {
    expect(summary).toMatch(/^[A-Z]/);
    if (summary !== "Whether the server is up") expect(Object.keys(responses)).toContain("401");
  }
});

/** What an answer is checked against: that of its route, its status and its type. */
async function checker() {
  const served = await servedApi();
  const document = (await served.api("/openapi.json")).json() as Description;
  const ajv = new Ajv2020({ strict: false });
  const asked = new Set<string>();
  const check = (method: string, route: string, answer: Answer): Answer => {
    const operation = document.paths[route]?.[method.toLowerCase()];
    const described = operation?.responses[answer.status];
    expect(described, `${method} ${route}: ${answer.status} ${answer.body}`).toBeDefined();
    const type = String(answer.headers["content-type"] ?? "").split(";")[0];
    const content = described?.content ?? {};
    if (Object.keys(content).length > 0) expect(Object.keys(content)).toContain(type);
    const schema = content[type]?.schema;
    if (schema && schema.format !== "binary") {
      const validate = ajv.compile({ ...schema, components: document.components });
      expect(validate(answer.json()), ajv.errorsText(validate.errors)).toBe(true);
    }
    asked.add(`${method.toLowerCase()} ${route}`);
    return answer;
  };
  return { ...served, check, asked, document };
}

test("every route that is described answers as its description says", async () => {
  const { api, post, check, asked, document } = await checker();
  const png = await DISC;
  const session = "/v1/sessions/{id}";
  const opened = check(
    "POST",
    "/v1/sessions",
    await api("/v1/sessions?label=object&label=other", {
      method: "POST",
      body: png,
      headers: { "content-type": "image/png" },
    }),
  );
  const own = `/v1/sessions/${(opened.json() as { id: string }).id}`;
  const get = async (path: string, route: string) => check("GET", route, await api(path));
  const send = async (method: string, path: string, route: string, body?: object) =>
    check(
      method,
      route,
      await api(path, {
        method,
        ...(body && {
          body: JSON.stringify(body),
          headers: { "content-type": "application/json" },
        }),
      }),
    );
  await get("/health", "/health");
  await get("/v1/about", "/v1/about");
  await get("/v1/formats", "/v1/formats");
  await get(own, session);
  await get("/v1/sessions/nothing", session);
  await send("POST", `${own}/prompts`, `${session}/prompts`, {
    prompts: [
      click(20, 20),
      { kind: "stroke", points: [{ x: 50, y: 5 }], width: 3, says: "background" },
      { kind: "box", from: { x: 0, y: 0 }, to: { x: 40, y: 39 }, says: "object" },
    ],
  });
  await send("POST", `${own}/prompts`, `${session}/prompts`, { prompts: 1 });
  await send("DELETE", `${own}/prompts/p1`, `${session}/prompts/{prompt}`);
  await send("POST", `${own}/labels`, `${session}/labels`, { label: "third" });
  await send("PATCH", `${own}/labels/third`, `${session}/labels/{label}`, { to: "last" });
  await send("DELETE", `${own}/labels/last`, `${session}/labels/{label}`);
  for (const word of ["undo", "redo"]) await send("POST", `${own}/${word}`, `${session}/${word}`);
  const mask = await get(`${own}/mask?format=indexed-png`, `${session}/mask`);
  await get(`${own}/mask?format=png`, `${session}/mask`);
  await get(`${own}/mask?format=coco`, `${session}/mask`);
  await get(`${own}/annotations?format=voc`, `${session}/annotations`);
  await get(`${own}/uncertainty`, `${session}/uncertainty`);
  await get(`${own}/probability/object`, `${session}/probability/{label}`);
  await get(`${own}/probability/nothing`, `${session}/probability/{label}`);
  check(
    "PUT",
    `${session}/start`,
    await api(`${own}/start`, {
      method: "PUT",
      body: mask.body,
      headers: { "content-type": "image/png" },
    }),
  );
  await send("POST", `${own}/restart`, `${session}/restart`);
  await send("DELETE", own, session);
  await send("POST", "/setup", "/setup", { project: "1.0", schema: "<View/>" });
  await send("POST", "/webhook", "/webhook", { action: "ANNOTATION_CREATED" });
  await send("POST", "/predict", "/predict", {
    tasks: [{ id: 1, data: {} }],
    label_config: '<View><Image name="i" value="$image"/><BrushLabels name="b" toName="i"/></View>',
  });
  await get("/api/functions", "/api/functions");
  await get("/api/functions/maskwise", "/api/functions/{name}");
  await get("/api/functions/other", "/api/functions/{name}");
  check(
    "POST",
    "/api/function_invocations",
    await post("/api/function_invocations", {
      image: png.toString("base64"),
      pos_points: [[20, 20]],
      neg_points: [],
    }),
  );
  const described = Object.entries(document.paths).flatMap(([route, operations]) =>
    Object.keys(operations).map((method) => `${method} ${route}`),
  );
  expect([...asked].sort()).toEqual(described.sort());
});
