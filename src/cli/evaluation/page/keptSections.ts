/**
 * Sections that other programs write into a page of results. They lie between two marks, and stay
 * when the page itself is written anew:
 *
 *     <!-- labelling -->
 *     ## …
 *     <!-- /labelling -->
 */

/** Everything between marks, marks included; empty where there is nothing. */
export function keptSections(page: string): string {
  return [...page.matchAll(/<!-- (\w+) -->\n[\s\S]*?<!-- \/\1 -->\n?/g)]
    .map(([section]) => `\n${section.trimEnd()}\n`)
    .join("");
}

/** The page with a section in place of the one of the same name, or at its end. */
export function withSection(page: string, name: string, text: string): string {
  const section = `<!-- ${name} -->\n\n${text.trim()}\n\n<!-- /${name} -->\n`;
  const before = new RegExp(`<!-- ${name} -->\\n[\\s\\S]*?<!-- /${name} -->\\n?`);
  return before.test(page)
    ? page.replace(before, () => section)
    : `${page.trimEnd()}\n\n${section}`;
}
