import { readFileSync, writeFileSync } from "node:fs";

/** Puts text between two marks of a page, in place of what was there. Throws where the marks are gone. */
export function fillPage(file: string, marks: readonly [begin: string, end: string], text: string): void {
  writeFileSync(file, filled(readFileSync(file, "utf8"), marks, text));
}

export function filled(page: string, [begin, end]: readonly [begin: string, end: string], text: string): string {
  const [from, to] = [page.indexOf(begin), page.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`The page has no place between ${begin} and ${end}.`);
  return `${page.slice(0, from)}${begin}\n\n${text}\n\n${page.slice(to)}`;
}

/** The command as it was given, to be typed again: "npm run faults -- --seeds 3". */
export function commandOf(script: string, given: readonly string[] = process.argv.slice(2)): string {
  return [`npm run ${script}`, ...(given.length > 0 ? ["--", ...given] : [])].join(" ");
}

export const today = (): string => new Date().toISOString().slice(0, 10);
