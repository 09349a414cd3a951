import type { Rule } from "../rule.ts";

/**
 * What one line of a rule leaves: how many people are left after it within what surrounds it. In an "any" group a later line says what it
 * adds (`adds`): those whom no line before it has let in.
 */
export type LineLeft = {
  /** Where the line stands: the places on the way to it, "2.0.1"; "" for a rule that is a single test. */
  at: string;
  rule: Rule;
  adds: boolean;
};

/** One entry for each line and each group's head, in the order of the page. */
export function lineRules(rule: Rule): LineLeft[] {
  if ("path" in rule) return [{ at: "", rule, adds: false }];
  return within(rule, "", []);
}

/** `so` are the rules that hold for everybody who gets this far. */
function within(group: Exclude<Rule, { path: string }>, at: string, so: readonly Rule[]): LineLeft[] {
  const parts = "all" in group ? group.all : "any" in group ? group.any : group.none;
  return parts.flatMap((part, index) => {
    const before = parts.slice(0, index);
    const context = [...so, ...("all" in group ? before : before.length > 0 ? [{ none: before }] : [])];
    const place = at === "" ? String(index) : `${at}.${index}`;
    const left: Rule = { all: [...context, "none" in group ? { none: [part] } : part] };
    const head = { at: place, rule: left, adds: "any" in group && index > 0 };
    return "path" in part ? [head] : [head, ...within(part, place, context)];
  });
}
