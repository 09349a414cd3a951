import { print, printTable } from "../engine/print.ts";

type Cell = string | number;

let written: string[] = [];

/** Prints rows in columns under a title, and keeps them for the page. The first row is the head. */
export function showTable(title: string, rows: readonly (readonly Cell[])[]): void {
  print(`\n${title}`);
  printTable(rows.map((row) => row.map(shown)));
  written.push([title, "", markdownTable(rows), ""].join("\n"));
}

/** Rows as a Markdown table, the first one its head: the first column left, the others right. */
export function markdownTable([head = [], ...rest]: readonly (readonly Cell[])[]): string {
  const line = (cells: readonly Cell[]) => `| ${cells.map(shown).join(" | ")} |`;
  const rule = `|${head.map((_, column) => (column === 0 ? "---" : "---:")).join("|")}|`;
  return [line(head), rule, ...rest.map(line)].join("\n");
}

/** A remark below the tables, on screen and on the page. */
export function showRemark(text: string): void {
  print(`\n${text}`);
  written.push(`${text}\n`);
}

/** All tables shown so far, as Markdown. */
export function takeTables(): string {
  const all = written.join("\n");
  written = [];
  return all;
}

const shown = (cell: Cell): string => (typeof cell === "number" ? cell.toLocaleString("en") : cell);
