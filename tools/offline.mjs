// Run by the build. What makes the built page installable and lets it open without a network: icons, a manifest, and a
// service worker that knows every file by its hash.
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import sharp from "sharp";
import { root } from "./run.mjs";

const FOLDER = join(root, "dist/app");

const GROUND = "#0b6bcb";

/** Icons by file name: the side in pixels, and the share of it that the sign fills. */
const ICONS = {
  "icon-192.png": { side: 192, share: 1 },
  "icon-512.png": { side: 512, share: 1 },
  // Systems cut these to a shape of their own, and leave the middle four fifths.
  "icon-cut-512.png": { side: 512, share: 0.8 },
};

/** Fetched only where they are of use: ONNX Runtime for graphics cards is large. */
const LATE = /asyncify|webgpu/;

/** The sign of the page, as its tab shows it. */
function signOf(html) {
  const [, sign] = /rel="icon"\s+href="data:image\/svg\+xml,([^"]+)"/.exec(html) ?? [];
  if (sign === undefined)
    throw new Error("offline: expected an icon in the page, as a data address.");
  return Buffer.from(decodeURIComponent(sign));
}

async function drawIcon(sign, { side, share }) {
  const inner = Math.round(side * share);
  const drawn = await sharp(sign, { density: (72 * inner) / 32 })
    .resize(inner, inner)
    .png()
    .toBuffer();
  if (share === 1) return drawn;
  const ground = { width: side, height: side, channels: 4, background: GROUND };
  return sharp({ create: ground })
    .composite([{ input: drawn }])
    .png()
    .toBuffer();
}

function manifest() {
  return {
    name: "Maskwise",
    short_name: "Maskwise",
    description: "Cut objects out of images by clicking on them, on your own machine.",
    id: "./",
    start_url: "./",
    scope: "./",
    display: "standalone",
    background_color: "#f6f7f9",
    theme_color: GROUND,
    categories: ["graphics", "productivity", "utilities"],
    icons: Object.entries(ICONS).map(([src, { side, share }]) => ({
      src,
      sizes: `${side}x${side}`,
      type: "image/png",
      purpose: share === 1 ? "any" : "maskable",
    })),
  };
}

function serviceWorker() {
  const names = readdirSync(FOLDER).filter((name) => name !== "sw.js");
  const digest = (name, kind) => createHash(kind).update(readFileSync(join(FOLDER, name)));
  const files = Object.fromEntries(
    names.toSorted().map((name) => {
      // Hosts may write into pages, and then these are other bytes.
      const isPage = name === "index.html";
      const integrity = isPage ? "" : `sha256-${digest(name, "sha256").digest("base64")}`;
      return [isPage ? "./" : name, { integrity, early: !LATE.test(name) }];
    }),
  );
  const all = createHash("sha256");
  for (const name of names.toSorted()) all.update(name).update(digest(name, "sha256").digest());
  const source = readFileSync(join(root, "app/serviceWorker.js"), "utf8");
  const version = all.update(source).digest("hex").slice(0, 16);
  return `const VERSION = ${JSON.stringify(version)};\nconst FILES = ${JSON.stringify(files, null, 1)};\n\n${source}`;
}

const sign = signOf(readFileSync(join(FOLDER, "index.html"), "utf8"));
for (const [name, icon] of Object.entries(ICONS)) {
  writeFileSync(join(FOLDER, name), await drawIcon(sign, icon));
}
writeFileSync(join(FOLDER, "manifest.webmanifest"), JSON.stringify(manifest(), null, 2));
writeFileSync(join(FOLDER, "sw.js"), serviceWorker());
