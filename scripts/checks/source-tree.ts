import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { parseAst } from "vitest/node";

export type Import = {
  specifier: string;
  /** The file it leads to, from the root ("flow/graph.ts"); null for a package. */
  target: string | null;
  /** Erased before anything runs: `import type`, `export type`, a type's import("..."). */
  isType: boolean;
  line: number;
};

/** A node of the parsed program (ESTree with TypeScript's). */
export type Node = { type: string; start: number; end: number; [key: string]: unknown };

export type SourceFile = { path: string; text: string; program: Node; imports: Import[]; reexports: number[] };

/** Everything a check looks at: the parsed sources below a root. */
export type SourceTree = { root: string; files: SourceFile[] };

export type Problem = { path: string; line: number; rule: string; message: string };

const folders = ["app", "bench", "components", "db", "e2e", "flow", "scripts", "server"];
const extensions = /\.(ts|tsx|mjs)$/;

/** Reads and parses every source file. Throws with its path where one cannot be parsed: an unread file would be an unchecked one. */
export function readTree(root: string): SourceTree {
  const listed = folders
    .filter((folder) => existsSync(path.join(root, folder)))
    .flatMap((folder) => filesBelow(root, folder));
  const atTop = readdirSync(root).filter((name) => extensions.test(name) && !name.endsWith(".d.ts"));
  return { root, files: [...atTop, ...listed].sort().map((file) => readSource(root, file)) };
}

function filesBelow(root: string, folder: string): string[] {
  return (
    readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && extensions.test(entry.name))
      // The benchmark's peers have packages of their own.
      .filter((entry) => !entry.parentPath.split(path.sep).includes("node_modules"))
      .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)).replaceAll(path.sep, "/"))
  );
}

function readSource(root: string, file: string): SourceFile {
  const text = readFileSync(path.join(root, file), "utf8");
  const program = parse(file, text);
  const source: SourceFile = { path: file, text, program, imports: [], reexports: [] };
  visit(program, (node) => {
    const found = importOf(node);
    if (!found) return;
    const line = lineAt(text, node.start);
    source.imports.push({ ...found, target: targetOf(file, found.specifier), line });
    if (node.type.startsWith("Export")) source.reexports.push(line);
  });
  return source;
}

function parse(file: string, text: string): Node {
  const lang = file.endsWith(".tsx") ? "tsx" : file.endsWith(".ts") ? "ts" : "js";
  try {
    return parseAst(text, { lang }, file) as unknown as Node;
  } catch (error) {
    throw new Error(`${file} cannot be parsed: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** The import that a node of any form makes: declaration, re-export, import(), a type's import(), require(). */
function importOf(node: Node): { specifier: string; isType: boolean } | null {
  const isType = node.importKind === "type" || node.exportKind === "type" || node.type === "TSImportType";
  if (/^(Import|Export(All|Named))Declaration$|^ImportExpression$|^TSImportType$/.test(node.type)) {
    if (node.source === null || node.source === undefined) return null;
    return { specifier: stringOf(node.source) ?? "<computed>", isType };
  }
  if (node.type !== "CallExpression" || !isNode(node.callee) || node.callee.name !== "require") return null;
  const [first] = Array.isArray(node.arguments) ? node.arguments : [];
  return { specifier: stringOf(first) ?? "<computed>", isType: false };
}

const stringOf = (value: unknown): string | null =>
  isNode(value) && typeof value.value === "string" ? value.value : null;

function targetOf(file: string, specifier: string): string | null {
  if (specifier.startsWith("#")) return path.posix.normalize(specifier.slice(1));
  return specifier.startsWith(".") ? path.posix.join(path.posix.dirname(file), specifier) : null;
}

export function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && "type" in value && typeof value.type === "string";
}

/** Calls `see` for every node below and including this one, parents first. */
export function visit(node: Node, see: (node: Node) => void): void {
  see(node);
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value]) {
      if (isNode(child)) visit(child, see);
    }
  }
}

export const lineAt = (text: string, offset: number): number => text.slice(0, offset).split("\n").length;

export const isTest = (file: string): boolean =>
  /\.test\.ts$|\.spec\.ts$|\.case\.ts$|\.contract\.ts$|^(server|db)\/(.*\/)?test-[a-z-]+\.ts$/.test(file) ||
  file.startsWith("e2e/");
