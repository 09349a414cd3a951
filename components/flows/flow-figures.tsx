import { useFormatter, useTranslations } from "use-intl";
import type { FlowRow } from "./flow-row.ts";
import { type GoalRate, goalRate } from "./goal-rate.ts";

/** How many people stand in the flow; words instead of a nought. */
export function PeopleInside({ flow }: { flow: FlowRow }) {
  const t = useTranslations("flows");
  const format = useFormatter();
  if (flow.peopleInside === 0) return <span className="text-tertiary">{t("nobodyInside")}</span>;
  return <span className="tabular font-semibold">{format.number(flow.peopleInside)}</span>;
}

/** Share of people who reached the goal and the range it lies in; numerator and denominator on hover. */
export function GoalFigure({ flow }: { flow: FlowRow }) {
  const t = useTranslations("flows");
  const words = useRateWords();
  if (!flow.goal) return <span className="text-tertiary">{t("noGoal")}</span>;
  const rate = goalRate(flow.goal);
  if (!rate) return <span className="text-tertiary">{t("noDataYet")}</span>;
  return (
    <span title={t("goalOf", { reached: flow.goal.reached, entered: flow.goal.entered })}>
      <span className="tabular font-semibold">{words.share(rate)}</span>{" "}
      <span className="tabular whitespace-nowrap text-secondary text-xs">{words.range(rate)}</span>
    </span>
  );
}

function useRateWords() {
  const t = useTranslations("flows");
  const format = useFormatter();
  const percent = (share: number) => format.number(share, { style: "percent", maximumFractionDigits: 1 });
  const bare = (share: number) => format.number(share * 100, { maximumFractionDigits: 1 });
  return {
    share: ({ share }: GoalRate) => percent(share),
    range: ({ low, high }: GoalRate) => t("range", { low: bare(low), high: percent(high) }),
  };
}
