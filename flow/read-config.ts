import type { NodeType } from "./define-node.ts";
import { isDeeperThan } from "./depth.ts";

/** Deeper than any step's settings need; a schema that walks deeper data could run out of stack. */
const deepestConfig = 40;

export type ConfigIssue = { field: string; code: string; message: string };

/** A node's settings as its type understands them, or what is wrong with them. Never throws, whatever the draft holds. */
export function readConfig(
  node: NodeType,
  data: unknown,
): { ok: true; config: unknown } | { ok: false; issues: ConfigIssue[] } {
  if (isDeeperThan(data, deepestConfig))
    return { ok: false, issues: [{ field: "", code: "too_deep", message: "Too deep" }] };
  const parsed = node.config.safeParse(data);
  if (parsed.success) return { ok: true, config: parsed.data };
  const issues = parsed.error.issues.map((issue) => ({
    field: issue.path.map(String).join("."),
    code: issue.code,
    message: issue.message,
  }));
  return { ok: false, issues };
}
