import type { Problem, SourceTree } from "./source-tree.ts";

/** No file reaches itself through its imports. Imports of types alone do not count: they are erased before anything runs. */
export function checkCycles({ files }: SourceTree): Problem[] {
  const known = new Map(
    files.map((file) => [file.path, file.imports.flatMap(({ target, isType }) => (isType ? [] : (target ?? [])))]),
  );
  const problems: Problem[] = [];
  const done = new Set<string>();
  const trail: string[] = [];
  const enter = (path: string): void => {
    const at = trail.indexOf(path);
    if (at >= 0) {
      problems.push({ path, line: 1, rule: "cycles", message: [...trail.slice(at), path].join(" -> ") });
      return;
    }
    if (done.has(path)) return;
    trail.push(path);
    for (const target of known.get(path) ?? []) enter(target);
    trail.pop();
    done.add(path);
  };
  for (const { path } of files) enter(path);
  return problems;
}
