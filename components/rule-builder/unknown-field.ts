import { readableName } from "#components/flow-words/readable-name.ts";
import { type RuleSource, ruleSources } from "#flow/rule.ts";
import type { RuleField } from "./value-kind.ts";

/** A value that a rule names and nobody has met: an import, or an attribute that is gone. */
export function unknownField(path: string): RuleField {
  const [first, ...rest] = path.split(".");
  const source: RuleSource = ruleSources.find((one) => one === first) ?? "contact";
  return { path, source, label: readableName(rest.join(".")), kind: "unknown", sample: undefined };
}
