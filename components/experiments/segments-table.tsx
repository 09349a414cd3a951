"use client";

import { CircleCheck, CircleMinus, CircleX, type LucideIcon, Minus, ShieldQuestion } from "lucide-react";
import { Fragment } from "react";
import { useLocale, useTranslations } from "use-intl";
import { useArmName } from "#components/experiment-words/use-arm-name.ts";
import { useFigures } from "#components/experiment-words/use-figures.ts";
import { languageName } from "#components/template-words/language-name.ts";
import { cn } from "#components/ui/cn.ts";
import { IntervalAxis, IntervalBar, type IntervalTone } from "#components/ui/interval-bar.tsx";
import { evenAbove } from "./axis-reach.ts";
import type { Experiment, Result, Segment, Segmented } from "./experiment.ts";
import { shapeOf } from "./use-verdict-words.ts";

type Props = { experiment: Experiment; result: Result; segmented: Segmented };

/** The difference of each variant to the baseline within each segment, on one axis. */
export function SegmentsTable({ experiment, result, segmented }: Props) {
  const t = useTranslations("experiments.segments");
  const table = useTranslations("experiments.table");
  const figures = useFigures(result.currency);
  const armName = useArmName(experiment);
  const { segments, metric, comparisons, level } = segmented;
  const shape = shapeOf({ metric });
  const reach = reachOf(segments);
  const groups = [...Map.groupBy(segments, ({ by }) => by)];
  return (
    <>
      <p className="max-w-4xl px-4 pb-3 text-secondary text-xs">
        {t(comparisons > 1 ? "meaning" : "meaningOfOne", {
          count: comparisons,
          level: figures.percent(1 - level, level < 0.01 ? 1 : 0),
        })}
      </p>
      <div className="overflow-x-auto">
        <table className="w-full min-w-[840px] border-collapse text-left text-sm">
          <caption className="sr-only">{t("title")}</caption>
          <thead className="border-border border-y bg-sunken/60 text-secondary text-xs">
            <tr className="[&>th]:h-7 [&>th]:px-4 [&>th]:font-medium">
              <th scope="col">{t("segment")}</th>
              <th scope="col" className="text-right">
                <span className="inline-block max-w-36 truncate align-bottom">{armName(experiment.arms[0]?.id)}</span>{" "}
                <span className="font-normal">{table("baseline")}</span>
              </th>
              <th scope="col" className="text-right">
                {experiment.arms.length > 2 ? (
                  table("variant")
                ) : (
                  <span className="inline-block max-w-36 truncate align-bottom">{armName(experiment.arms[1]?.id)}</span>
                )}
              </th>
              <th scope="col" className="text-right">
                {t("p")}
              </th>
              <th scope="col" className="w-[20%] min-w-28 xl:w-[27%] xl:min-w-60">
                {comparisons > 0 ? (
                  <IntervalAxis
                    reach={reach}
                    formatTick={(value) =>
                      shape.kind === "rate" ? figures.points(value) : figures.difference(value, shape)
                    }
                  />
                ) : null}
              </th>
              <th scope="col" className="text-right">
                {table("difference")}
              </th>
              <th scope="col">{table("reading")}</th>
            </tr>
          </thead>
          {groups.map(([by, own]) => (
            <tbody key={by}>
              <tr className="border-border border-t">
                <th scope="rowgroup" colSpan={7} className="px-4 pt-2 pb-0.5 font-medium text-secondary text-xs">
                  {t(`by.${by}`)}
                </th>
              </tr>
              {own.map((segment) => (
                <Rows
                  key={segment.id ?? `${by} ${segment.merged}`}
                  {...{ experiment, result, segmented, segment, reach }}
                />
              ))}
            </tbody>
          ))}
        </table>
      </div>
    </>
  );
}

type RowsProps = Props & { segment: Segment; reach: number };

/** One line for each variant; of a segment with too few people or events one that says so. */
function Rows({ experiment, result, segmented, segment, reach }: RowsProps) {
  const t = useTranslations("experiments.segments");
  const table = useTranslations("experiments.table");
  const figures = useFigures(result.currency);
  const armName = useArmName(experiment);
  const shape = shapeOf(segmented);
  const [baseline, ...variants] = segment.arms;
  const tell = (value: number) => figures.difference(value, shape);
  return variants.map((arm, nth) => {
    const variant = segment.variants.find((one) => one.arm === arm.arm);
    const [low, high] = variant?.ci ?? [null, null];
    const range = low === null || high === null ? null : table("to", { low: tell(low), high: tell(high) });
    const look = looks[variant ? variant.standing : "small"];
    const difference = variant?.difference ?? null;
    return (
      <tr key={arm.arm} data-testid="segment" className="border-border border-t align-top [&>*]:px-4 [&>*]:py-1">
        <th scope="row" className="min-w-40 font-normal">
          {nth === 0 ? <Name segment={segment} result={result} /> : null}
          {experiment.arms.length > 2 ? <span className="block text-secondary text-xs">{armName(arm.arm)}</span> : null}
        </th>
        {[baseline, arm].map((one, side) => (
          <td key={side === 0 ? "baseline" : "variant"} className="tabular text-right">
            <span className={cn("block", !variant && "text-secondary")}>
              {figures.value(one?.value ?? null, shape)}
            </span>
            <span className="block whitespace-nowrap text-secondary text-xs">
              {shape.kind === "rate"
                ? `${figures.count(one?.sum ?? 0)} / ${figures.count(one?.n ?? 0)}`
                : table("people", { n: figures.count(one?.n ?? 0) })}
            </span>
          </td>
        ))}
        <td className="tabular text-right">
          {variant?.pAdjusted === undefined || variant.pAdjusted === null ? "–" : figures.p(variant.pAdjusted)}
        </td>
        <td>
          {variant ? (
            <IntervalBar
              {...{ low, high, reach }}
              point={difference}
              tone={look.bar}
              label={
                range && difference !== null
                  ? table("interval", { point: tell(difference), range })
                  : table("noInterval")
              }
            />
          ) : null}
        </td>
        <td className="tabular text-right">
          <span className="block font-medium">{difference === null ? "–" : tell(difference)}</span>
          <span className="block whitespace-nowrap text-secondary text-xs">{range}</span>
        </td>
        <td>
          <span className={cn("flex items-center gap-1.5 pt-2 xl:whitespace-nowrap", look.ink)}>
            <look.icon aria-hidden className="size-4 shrink-0" />
            {t(`readings.${variant ? variant.standing : "small"}`)}
          </span>
        </td>
      </tr>
    );
  });
}

function Name({ segment, result }: { segment: Segment; result: Result }) {
  const t = useTranslations("experiments.segments");
  const figures = useFigures(result.currency);
  const nameOf = useSegmentName();
  const { shares, arms } = segment;
  return (
    <Fragment>
      <span className="block font-medium">{nameOf(segment)}</span>
      <span className="block text-secondary text-xs">
        {t("people", { people: figures.count(arms.reduce((sum, { n }) => sum + n, 0)) })}
      </span>
      {shares.status === "mismatch" ? (
        <span className="flex items-center gap-1 text-warning text-xs">
          <ShieldQuestion aria-hidden className="size-3 shrink-0" />
          {t("shares", { p: figures.p(shares.p ?? 0) })}
        </span>
      ) : null}
    </Fragment>
  );
}

/** Languages and countries in the reader's language, numbers by what they are called. */
function useSegmentName(): (segment: Segment) => string {
  const t = useTranslations("experiments.segments");
  const locale = useLocale();
  return ({ by, id, name, merged }) => {
    if (merged > 0) return t("merged", { count: merged });
    if (id === null) return t("unknown");
    if (by === "language") return languageName(id, locale);
    if (by === "country") return new Intl.DisplayNames([locale], { type: "region", fallback: "code" }).of(id) ?? id;
    return name ?? t("gone");
  };
}

/** As far as all intervals but the widest quarter reach: what lies beyond ends in an arrow. */
function reachOf(segments: readonly Segment[]): number {
  const ends = segments
    .flatMap(({ variants }) => variants.map(({ ci }) => Math.max(...ci.map((limit) => Math.abs(limit ?? 0)))))
    .toSorted((one, other) => one - other);
  return evenAbove((ends[Math.ceil((ends.length - 1) * 0.75)] ?? 0.01) || 0.01);
}

type Look = { icon: LucideIcon; ink: string; bar: IntervalTone };
const looks: Record<"won" | "lost" | "open" | "small", Look> = {
  won: { icon: CircleCheck, ink: "text-success", bar: "success" },
  lost: { icon: CircleX, ink: "text-danger", bar: "danger" },
  open: { icon: Minus, ink: "text-secondary", bar: "neutral" },
  small: { icon: CircleMinus, ink: "text-secondary", bar: "neutral" },
};
