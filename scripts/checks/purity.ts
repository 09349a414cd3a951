import { isNode, isTest, lineAt, type Node, type Problem, type SourceTree, visit } from "./source-tree.ts";

const pureFiles = /^flow\/|^server\/experiments\/statistics\.ts$/;

/** Names that reach the outside world: the system's clock, chance, the process, the network, timers. */
const impureNames = new Set([
  "process",
  "fetch",
  "setTimeout",
  "setInterval",
  "setImmediate",
  "queueMicrotask",
  "require",
  "globalThis",
  "window",
  "localStorage",
  "crypto",
]);
const impureMembers = new Set(["Date.now", "Math.random", "performance.now", "Temporal.Now"]);

/** The flow language decides from what it is given: time, ids and chance are passed in. */
export function checkPurity({ files }: SourceTree): Problem[] {
  return files
    .filter(({ path }) => pureFiles.test(path) && !isTest(path))
    .flatMap(({ path, text, program }) => {
      const problems: Problem[] = [];
      visitUses(program, (node) => {
        const impure = impurityOf(node);
        if (impure)
          problems.push({
            path,
            line: lineAt(text, node.start),
            rule: "purity",
            message: `uses ${impure}; it is passed in instead`,
          });
      });
      return problems;
    });
}

function impurityOf(node: Node): string | null {
  if (node.type === "Identifier" && impureNames.has(String(node.name))) return String(node.name);
  if (node.type === "NewExpression" && nameOf(node.callee) === "Date" && isEmpty(node.arguments)) return "new Date()";
  if (node.type === "CallExpression" && nameOf(node.callee) === "Date") return "Date()";
  if (node.type !== "MemberExpression") return null;
  const member = `${nameOf(node.object)}.${nameOf(node.property)}`;
  return impureMembers.has(member) ? member : null;
}

const nameOf = (value: unknown): string => (isNode(value) && value.type === "Identifier" ? String(value.name) : "");
const isEmpty = (value: unknown): boolean => Array.isArray(value) && value.length === 0;

/** Visits like `visit`, but skips names that are only the label of something: `.process`, `{ process: 1 }`, types. */
function visitUses(program: Node, see: (node: Node) => void): void {
  const labels = new Set<unknown>();
  visit(program, (node) => {
    if (node.type === "MemberExpression" && node.computed === false) labels.add(node.property);
    if (
      /^(Property|PropertyDefinition|MethodDefinition|TSPropertySignature|TSMethodSignature)$/.test(node.type) &&
      node.computed === false
    )
      labels.add(node.key);
    if (!labels.has(node)) see(node);
  });
}
