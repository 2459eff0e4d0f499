/** Numbers for categories, in formats that write numbers: those of the source where they can stay. */

import type { Category } from "./annotations.ts";

export interface CategoryNumbers {
  /** The number of a category; one that nobody declared gets the next. */
  of(name: string): number;
  /** All categories so far, with their numbers, in the order of declaration. */
  all(): readonly (Category & { readonly id: number })[];
}

/**
 * @param first The smallest number, and the one to begin with.
 * @param keep  Whether numbers of the source stay; otherwise they are counted without gaps.
 */
export function categoryNumbers(
  declared: readonly Category[],
  { first = 1, keep = true }: { readonly first?: number; readonly keep?: boolean } = {},
): CategoryNumbers {
  const known = new Map<string, Category & { readonly id: number }>();
  const used = new Set<number>();
  let next = first;
  const add = (category: Category): Category & { readonly id: number } => {
    const wanted = keep && category.id !== undefined && category.id >= first ? category.id : next;
    while (used.has(next)) next++;
    const id = used.has(wanted) ? next : wanted;
    const numbered = { ...category, id };
    used.add(id);
    known.set(category.name, numbered);
    return numbered;
  };
  // Numbers of the source first, so that none is taken by a category without one.
  for (const category of declared) if (category.id !== undefined) add(category);
  for (const category of declared) if (category.id === undefined) add(category);
  const order = new Map(declared.map(({ name }, i) => [name, i]));
  return {
    of: (name) => (known.get(name) ?? add({ name })).id,
    all: () =>
      [...known.values()].sort(
        (a, b) => (order.get(a.name) ?? Infinity) - (order.get(b.name) ?? Infinity) || a.id - b.id,
      ),
  };
}

/** Numbers for images or instances: their own where it is free, the next free one otherwise. */
export function freeNumbers(first = 1): (wanted: number | undefined) => number {
  const used = new Set<number>();
  let next = first;
  return (wanted) => {
    while (used.has(next)) next++;
    const id = wanted !== undefined && !used.has(wanted) ? wanted : next;
    used.add(id);
    return id;
  };
}
