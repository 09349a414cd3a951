import { checkAskedTexts } from "./asked-texts.ts";
import { checkCycles } from "./cycles.ts";
import { checkLayers } from "./layers.ts";
import { checkMessages } from "./messages.ts";
import { checkPurity } from "./purity.ts";
import { checkShape } from "./shape.ts";
import { type Problem, readTree } from "./source-tree.ts";
import { checkWords } from "./words.ts";

export type Report = { files: number; imports: number; problems: Problem[] };

/** The house's rules over the sources below a root. A tree without files or imports is a problem of its own: a check that sees nothing finds nothing. */
export function runChecks(root: string): Report {
  const tree = readTree(root);
  const imports = tree.files.reduce(
    (sum, file) => sum + file.imports.filter(({ target }) => target !== null).length,
    0,
  );
  const checks = [checkLayers, checkCycles, checkShape, checkPurity, checkMessages, checkAskedTexts, checkWords];
  const problems = checks.flatMap((check) => check(tree));
  if (tree.files.length === 0 || imports === 0) {
    problems.push({
      path: ".",
      line: 1,
      rule: "reach",
      message: `saw ${tree.files.length} files and ${imports} imports; it checks nothing`,
    });
  }
  return { files: tree.files.length, imports, problems };
}
