"use client";

import { Users } from "lucide-react";
import { useFormatter, useTranslations } from "use-intl";
import { z } from "zod";
import { useSession } from "#components/session/session-provider.tsx";
import { Button } from "#components/ui/button.tsx";
import { cn } from "#components/ui/cn.ts";
import { Rule } from "#flow/rule.ts";
import { SegmentRule } from "#flow/segment/segment-rule.ts";
import { asGroup } from "./rule-edits.ts";
import { useRuleCount } from "./use-rule-count.ts";

/** Of a flow, or of a segment. */
const AnyRule = z.union([SegmentRule, Rule]);

/** "12,408 of 50,000 contacts match", as it is now. While it counts, the old number greys; a rule about the event alone counts nobody. */
export function MatchCount({ rule, className }: { rule: unknown; className?: string }) {
  const { can } = useSession();
  const parsed = AnyRule.safeParse(rule);
  if (!can("see-audiences") || !parsed.success || asGroup(parsed.data).rules.length === 0) return null;
  return <Count rule={parsed.data} className={className} />;
}

function Count({ rule, className }: { rule: Rule; className?: string }) {
  const t = useTranslations("ruleBuilder.count");
  const format = useFormatter();
  const isOfEvent = asksOnly(rule, /^(event|enrollment)\./);
  const { count, isCounting, hasFailed, again } = useRuleCount(isOfEvent ? null : rule);
  const words = isOfEvent
    ? t("event")
    : count
      ? t(count.isAbout ? "about" : count.isAtMost ? "atMost" : "exact", {
          matching: format.number(count.matching),
          total: format.number(count.total),
          count: count.total,
        })
      : t("counting");
  return (
    <p className={cn("mt-2 flex items-start gap-1.5 text-xs", className)} aria-live="polite" aria-busy={isCounting}>
      <Users aria-hidden className="mt-px size-3.5 shrink-0 text-tertiary" />
      {hasFailed ? (
        <span className="text-secondary">
          {t("failed")}{" "}
          <Button variant="link" className="text-xs" onClick={again}>
            {t("again")}
          </Button>
        </span>
      ) : (
        <span
          className={cn("tabular transition-colors", isCounting && !isOfEvent ? "text-tertiary" : "text-secondary")}
        >
          {words}
          {isCounting && count && !isOfEvent ? ` ${t("counting")}` : null}
        </span>
      )}
    </p>
  );
}

/** True for a rule of which every line reads what only an event or the way through the flow can tell. */
function asksOnly(rule: Rule, source: RegExp): boolean {
  const paths = pathsOf(rule);
  return paths.length > 0 && paths.every((path) => source.test(path));
}

const pathsOf = (rule: Rule): string[] =>
  "path" in rule
    ? [rule.path]
    : ("all" in rule ? rule.all : "any" in rule ? rule.any : rule.none).flatMap((part) => pathsOf(part));
