"use client";

import { useFormatter, useTranslations } from "use-intl";
import { BacktestFigures, useCostWords } from "#components/backtest/backtest-figures.tsx";
import type { BacktestRow } from "#components/backtest/use-backtests.ts";
import { cn } from "#components/ui/cn.ts";
import { DaysChart } from "./days-chart.tsx";

type Result = NonNullable<BacktestRow["result"]>;

/** What came out: the four figures, beside the running version and what really happened, by day, and why messages did not leave. */
export function BacktestResult({ row, result }: { row: BacktestRow; result: Result }) {
  const t = useTranslations("backtest");
  const format = useFormatter();
  const { proposed } = result;
  const day = (at: number) => format.dateTime(at, { day: "numeric", month: "short" });
  return (
    <>
      <section>
        <p className="mb-2 text-secondary text-xs">
          {t("basisLong", { events: result.events, from: day(row.since), to: day(row.until) })}
          {row.policy ? ` ${t("underOtherRules")}` : ""}
        </p>
        <BacktestFigures result={result} capPerDay={row.policy?.capPerDay ?? null} />
      </section>
      <Comparison result={result} since={row.since} />
      {proposed.sent > 0 ? (
        <section>
          <h3 className="mb-2 font-semibold text-sm">{t("perDay")}</h3>
          <DaysChart days={proposed.sentByDay} since={row.since} until={row.until} />
        </section>
      ) : null}
      <Reasons counts={proposed.notSent} title={t("notSent")} />
      <Reasons counts={proposed.waited} title={t("waited")} />
      <Certainty result={result} />
    </>
  );
}

/** One row per figure, one column per run: an honest table says more than four tiles. */
function Comparison({ result: { proposed, running, real }, since }: { result: Result; since: number }) {
  const t = useTranslations("backtest");
  const format = useFormatter();
  const costs = useCostWords();
  const number = (value: number) => format.number(value);
  const wasLive = real.liveSince !== null;
  const isPartly = real.liveSince !== null && real.liveSince > since;
  const rows: [label: string, ...cells: (string | null)[]][] = [
    [t("entered"), number(proposed.entered), running && number(running.entered), wasLive ? number(real.entered) : null],
    [t("messages"), number(proposed.sent), running && number(running.sent), wasLive ? number(real.sent) : null],
    [
      t("cost"),
      costs(proposed.costs, proposed.sent),
      running && costs(running.costs, running.sent),
      wasLive ? costs(real.costs, real.sent) : null,
    ],
    [
      t("capHits"),
      number(proposed.cap.later + proposed.cap.never),
      running && number(running.cap.later + running.cap.never),
      wasLive ? number(real.capHits) : null,
    ],
    [
      t("quietHits"),
      number(proposed.hours.later + proposed.hours.never),
      running && number(running.hours.later + running.hours.never),
      null,
    ],
    [t("goals"), number(proposed.goals), running && number(running.goals), wasLive ? number(real.goals) : null],
    [t("handOffs"), number(proposed.handOffs), running && number(running.handOffs), null],
  ];
  const columns = [t("thisDraft"), t("runningVersion"), t("really")];
  return (
    <section>
      <h3 className="mb-2 font-semibold text-sm">{t("compared")}</h3>
      <div className="overflow-x-auto rounded-lg border border-border">
        <table className="w-full text-sm">
          <thead className="bg-sunken text-secondary text-xs">
            <tr>
              <th scope="col" className="px-3 py-1.5 text-left font-medium">
                {t("figure")}
              </th>
              {columns.map((column) => (
                <th key={column} scope="col" className="px-3 py-1.5 text-right font-medium">
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(([label, ...cells]) => (
              <tr key={label} className="border-border border-t">
                <th scope="row" className="px-3 py-1.5 text-left font-normal text-secondary">
                  {label}
                </th>
                {cells.map((cell, place) => (
                  <td
                    key={columns[place]}
                    className={cn(
                      "tabular px-3 py-1.5 text-right",
                      place === 0 && "font-semibold",
                      cell === null && "text-tertiary",
                    )}
                  >
                    {cell ?? "–"}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="mt-1.5 text-secondary text-xs">
        {wasLive
          ? isPartly
            ? t("liveSince", { date: format.dateTime(real.liveSince ?? 0, { day: "numeric", month: "long" }) })
            : t("comparedHelp")
          : t("neverLive")}
      </p>
    </section>
  );
}

function Reasons({ counts, title }: { counts: Readonly<Record<string, number>>; title: string }) {
  const reasons = useTranslations("reasons");
  const format = useFormatter();
  const rows = Object.entries(counts).sort(([, one], [, other]) => other - one);
  if (rows.length === 0) return null;
  return (
    <section>
      <h3 className="mb-1.5 font-semibold text-sm">{title}</h3>
      <ul className="space-y-1 text-sm">
        {rows.map(([reason, count]) => (
          <li key={reason} className="flex items-baseline justify-between gap-3">
            <span className="text-secondary">{reasons.has(reason) ? reasons(reason) : reason}</span>
            <span className="tabular font-medium">{format.number(count)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** How much of it really happened, and by what the rest was drawn. */
function Certainty({ result: { proposed, rates } }: { result: Result }) {
  const t = useTranslations("backtest");
  const format = useFormatter();
  const { real, drawn } = proposed.fates;
  if (real + drawn === 0) return null;
  const share = format.number(real / (real + drawn), { style: "percent", maximumFractionDigits: 0 });
  const unmeasured = rates.filter(({ measured }) => measured < 30).map(({ template }) => template);
  return (
    <section>
      <h3 className="mb-1.5 font-semibold text-sm">{t("howSure")}</h3>
      <p className="text-secondary text-sm">{t("certainty", { share, drawn })}</p>
      {unmeasured.length > 0 && drawn > 0 ? (
        <p className="mt-1 text-secondary text-sm">{t("unmeasured", { templates: unmeasured.join(", ") })}</p>
      ) : null}
    </section>
  );
}
