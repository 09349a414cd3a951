import { readableName } from "#components/flow-words/readable-name.ts";
import { ruleSources } from "#flow/rule.ts";
import { countOf } from "#flow/segment/segment-rule.ts";
import type { FieldSource, RuleField } from "./value-kind.ts";

const sources: readonly FieldSource[] = [...ruleSources, "consent", "past"];

/** A value that a rule names and nobody has met: an import, or an attribute that is gone. */
export function unknownField(path: string): RuleField {
  const [first, ...rest] = path.split(".");
  const counted = countOf(path);
  if (counted) return { path, source: "past", label: counted.event, kind: "count", sample: undefined };
  const source = sources.find((one) => one === first) ?? "contact";
  return { path, source, label: readableName(rest.join(".")), kind: "unknown", sample: undefined };
}

/** Finds the field of a path; one that counts an event is known by the event, in whatever days. */
export function fieldFinder(fields: readonly RuleField[]): (path: string) => RuleField {
  const byPath = new Map(fields.map((field) => [field.path, field]));
  const byEvent = new Map(fields.map((field) => [countOf(field.path)?.event, field]));
  return (path) => byPath.get(path) ?? byEvent.get(countOf(path)?.event ?? "") ?? unknownField(path);
}
