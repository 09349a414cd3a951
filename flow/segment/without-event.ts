import type { Rule } from "../rule.ts";

/**
 * The part of a rule that can be asked of people who stand still: tests of the event, of the way through the flow and of anything else that is not
 * known of them now are taken to come out well. So nobody is missing whom the whole rule could let in. `isWhole`: nothing was left out.
 */
export function withoutEvent(rule: Rule): { rule: Rule; isWhole: boolean } {
  let isWhole = true;
  const walk = (part: Rule, isWanted: boolean): Rule => {
    if ("all" in part) return { all: part.all.map((inner) => walk(inner, isWanted)) };
    if ("any" in part) return { any: part.any.map((inner) => walk(inner, isWanted)) };
    if ("none" in part) return { none: part.none.map((inner) => walk(inner, !isWanted)) };
    if (!/^(event|enrollment)\./.test(part.path)) return part;
    isWhole = false;
    return isWanted ? { all: [] } : { any: [] };
  };
  return { rule: walk(rule, true), isWhole };
}
