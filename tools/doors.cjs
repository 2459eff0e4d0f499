/**
 * The doors of the house: who may import whom. A room may also import itself.
 * Inside the house import the file that defines a thing; `index.ts` is for outsiders.
 */
const DOORS = {
  tensor: [],
  graph: ["tensor"],
  runtime: ["tensor", "graph"],
  attention: ["tensor", "graph"],
  nn: ["tensor", "graph", "attention"],
  image: ["tensor"],
  formats: ["tensor", "image"],
  clicks: ["image"],
  models: ["tensor", "graph", "nn", "attention", "image", "clicks", "formats"],
  session: ["tensor", "image", "clicks", "models", "runtime", "formats"],
  project: ["image", "formats", "clicks", "session"],
  data: ["image", "formats", "clicks"],
  train: ["tensor", "graph", "runtime", "nn", "models", "clicks", "data", "formats"],
  evaluate: ["image", "clicks", "session", "data"],
  batch: ["image", "formats", "clicks", "session", "data"],
  explain: ["tensor", "graph", "image", "attention", "models", "session", "runtime"],
  discover: ["tensor", "graph", "image", "attention", "models", "runtime"],
};

/** Rooms at the edge: they may use any room, through its index only, and the platform. */
const EDGES = ["cli", "server", "node"];

const doors = Object.entries(DOORS).map(([room, open]) => ({
  name: `door-${room}`,
  comment: `${room} may import ${open.length > 0 ? open.join(", ") : "no other room"}`,
  severity: "error",
  from: { path: `^src/${room}/` },
  to: { path: "^src/", pathNot: `^src/(?:${[room, ...open].join("|")})/` },
}));

module.exports = {
  forbidden: [
    ...doors,
    {
      name: "edge-through-index",
      comment: "the edge uses a room through its index.ts",
      severity: "error",
      from: { path: `^src/(${EDGES.join("|")})/` },
      to: { path: "^src/[^/]+/", pathNot: "^src/([^/]+/index\\.ts$|$1/)" },
    },
    {
      name: "no-platform-inside",
      comment: "platforms are handed in at the edge",
      severity: "error",
      from: { path: "^src/", pathNot: `^src/(${EDGES.join("|")})/|\\.test\\.ts$` },
      to: {
        dependencyTypes: ["core"],
      },
    },
    {
      name: "no-index-inside",
      comment: "inside the house import the file that defines the thing",
      severity: "error",
      from: { path: "^src/([^/]+)/", pathNot: `^src/(${EDGES.join("|")})/` },
      to: { path: "^src/[^/]+/index\\.ts$" },
    },
    {
      name: "element-without-the-page",
      comment:
        "maskwise/element is made of these parts of app/; the annotator's page is not among them",
      severity: "error",
      from: { path: "^app/src/(element|engine|stage|tools)/" },
      to: {
        path: "^app/src/(desk|view|evaluation|offline)/|^app/src/(annotator|commands|keys)\\.ts$",
      },
    },
    { name: "no-cycles", severity: "error", from: {}, to: { circular: true } },
    {
      name: "known-room",
      comment: "a new room gets a line in the table of doors first",
      severity: "error",
      from: {
        path: "^src/",
        pathNot: `^src/(index\\.ts|(${[...Object.keys(DOORS), ...EDGES].join("|")})/)`,
      },
      to: {},
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    exclude: { path: "\\.test\\.ts$" },
    doNotFollow: { path: "node_modules" },
    enhancedResolveOptions: { extensions: [".ts", ".js"] },
  },
};
