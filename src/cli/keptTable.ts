import type { Kept } from "../formats/index.ts";

/** The account of a conversion as a table for people. */
export function keptTable(kept: readonly Kept[], passedOver: ReadonlyMap<string, number>): string {
  const rows = [
    ["", "kept", "lost", ""],
    ...kept.map(({ what, total, kept: count, iou }) => [
      what,
      `${count}`,
      `${total - count}`,
      iou === undefined || total === count
        ? ""
        : `IoU ${share(iou.mean)} mean, ${share(iou.least)} least`,
    ]),
    ...[...passedOver].map(([what, count]) => [what, "0", `${count}`, "not read"]),
  ];
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column].length)));
  return rows
    .map(([what, count, lost, note]) =>
      `${what.padEnd(widths[0])}  ${count.padStart(widths[1])}  ${lost.padStart(widths[2])}  ${note}`.trimEnd(),
    )
    .map((line) => `${line}\n`)
    .join("");
}

/** Three digits, but never 1.000 for what is less. */
function share(iou: number): string {
  return (Math.floor(iou * 1000) / 1000).toFixed(3);
}
