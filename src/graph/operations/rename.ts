import type { Node } from "../node.ts";
import { apply, type Operation } from "../operation.ts";
import { checkDistinct, placeOf } from "../shapes.ts";

export const renameOperation: Operation<"rename"> = {
  name: "rename",
  shape: ([x], { names }) => {
    for (const name of Object.keys(names)) placeOf("rename", x, name);
    const newName = (name: string): string => (Object.hasOwn(names, name) ? names[name] : name);
    const axes = x.axes.map(({ name, size }) => ({ name: newName(name), size }));
    checkDistinct(
      "rename",
      axes.map(({ name }) => name),
    );
    return { axes, kind: x.kind };
  },
  evaluate: ([{ data }], _, { axes, dtype }) => ({ axes, dtype, data }),
  gradient: (_, { attributes: { names } }, upstream, { rename }) => [
    rename(upstream, Object.fromEntries(Object.entries(names).map(([from, to]) => [to, from]))),
  ],
  onnx: ([x]) => x,
};

/** The same numbers with other names for some axes: `rename(x, { tokens: "keys" })`. */
export function rename(x: Node, names: Readonly<Record<string, string>>): Node {
  return apply(renameOperation, [x], { names });
}
