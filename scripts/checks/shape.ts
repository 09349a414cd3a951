import { isTest, type Problem, type SourceTree } from "./source-tree.ts";

const longest = 300;
const longestTest = 500;

/** The lists that many files share on purpose; everywhere else one imports from the file that owns the thing. */
const barrels = new Set([
  "flow/nodes/index.ts",
  "flow/starters/index.ts",
  "server/channels/index.ts",
  "db/schema/index.ts",
]);

const drawers = /^(utils?|helpers?|lib|libs|common|shared|misc|types|constants|managers?|data)$/;

/** Files stay readable: no long ones, no barrels, no drawers that anything fits into, names in kebab-case. */
export function checkShape({ files }: SourceTree): Problem[] {
  return files.flatMap(({ path, text, reexports }) => {
    const at = (line: number, rule: string, message: string): Problem => ({ path, line, rule, message });
    const lines = text.trimEnd().split("\n").length;
    const limit = isTest(path) ? longestTest : longest;
    const problems: Problem[] = [];
    if (lines > limit) problems.push(at(limit, "length", `${lines} lines; at most ${limit}`));
    if (!barrels.has(path))
      problems.push(
        ...reexports.map((line) => at(line, "barrels", "passes on another file's exports; import from their owner")),
      );
    problems.push(...refuseNames(path).map((message) => at(1, "names", message)));
    return problems;
  });
}

function refuseNames(path: string): string[] {
  const parts = path.split("/");
  const name = (parts.at(-1) ?? "").replace(/\.(test|spec|case|contract|config|setup)?\.?(ts|tsx|mjs)$/, "");
  const isRoute = path.startsWith("app/");
  const messages: string[] = [];
  for (const part of [...parts.slice(0, -1), name]) {
    if (drawers.test(part)) messages.push(`"${part}" is a drawer, not a name; say what is in it`);
  }
  if (!isRoute && !/^[a-z0-9]+([-.][a-z0-9]+)*$/.test(name)) messages.push(`${name} is not kebab-case`);
  return messages;
}
