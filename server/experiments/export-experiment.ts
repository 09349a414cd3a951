import { stringify } from "csv-stringify/sync";
import { z } from "zod";
import { recordAudit } from "#server/audit/record-audit.ts";
import type { Actor } from "#server/trpc.ts";
import { daysBefore } from "./moments/cohort.ts";
import { readExperiment } from "./read-experiment.ts";
import { readSegments } from "./read-segments.ts";
import { readAllTimes } from "./read-times.ts";

export const ExportExperiment = z.strictObject({ experimentId: z.uuid(), format: z.enum(["csv", "json"]) });

type Read = Awaited<ReturnType<typeof readExperiment>> & {
  segments: Awaited<ReturnType<typeof readSegments>>;
  times: Awaited<ReturnType<typeof readAllTimes>>;
};

/**
 * Every number of an experiment's page as a file, each with the name of the method it came by. JSON holds all of it; CSV one line per
 * metric and variant, and below them one per segment and variant. The export is in the audit log.
 */
export async function exportExperiment(actor: Actor, { experimentId, format }: z.infer<typeof ExportExperiment>) {
  const read: Read = {
    ...(await readExperiment(actor, { experimentId })),
    segments: await readSegments(actor, { experimentId }),
    times: await readAllTimes(actor, experimentId),
  };
  await actor.db.transaction((tx) =>
    recordAudit(tx, actor, {
      action: "export-experiment",
      subject: "experiment",
      subjectId: experimentId,
      detail: { format },
    }),
  );
  return { text: format === "json" ? JSON.stringify(read, null, 2) : asCsv(read) };
}

const columns = [
  ...["experiment", "asOf", "metric", "role", "windowHours", "better", "method", "alpha", "correction"],
  ...["baseline", "baselineN", "baselineSum", "baselineOver", "baselineValue", "baselineLow", "baselineHigh"],
  ...["variant", "variantN", "variantSum", "variantOver", "variantValue", "variantLow", "variantHigh"],
  ...[
    "difference",
    "differenceLow",
    "differenceHigh",
    "standardError",
    "p",
    "pAdjusted",
    "lift",
    "liftLow",
    "liftHigh",
  ],
  ...["cupedBy", "cupedDifference", "cupedLow", "cupedHigh", "cupedLift", "cupedLiftLow", "cupedLiftHigh"],
  ...[
    "cupedVarianceReduction",
    "chanceToWin",
    "standing",
    "harm",
    "margin",
    "sampleRatioP",
    "sampleRatioStatus",
    "verdict",
  ],
  ...["beforeP", "beforeStatus", "medianHours", "medianLow", "medianHigh"],
  ...["baselineMedianHours", "baselineMedianLow", "baselineMedianHigh"],
  ...["segmentBy", "segment", "segmentsMerged"],
];

const corrections = { primary: "holm", secondary: "benjamini-hochberg", guardrail: "none" } as const;

const asCsv = (read: Read): string =>
  stringify([...metricRows(read), ...segmentRows(read)], { header: true, columns, escape_formulas: true, bom: true });

function metricRows({ key, asOf, plan, result, times }: Read) {
  return (result?.metrics ?? []).flatMap((one) =>
    one.variants.map((variant) => ({
      ...{ experiment: key, asOf: asOf.toISOString(), metric: one.metric.name ?? one.metric.id, role: one.role },
      ...{ windowHours: one.windowHours, better: one.metric.better, method: variant.method, alpha: plan.alpha },
      correction: corrections[one.role],
      ...cells("baseline", one.arms[0]),
      ...cells(
        "variant",
        one.arms.find(({ arm }) => arm === variant.arm),
      ),
      ...{ difference: variant.difference, differenceLow: variant.ci[0], differenceHigh: variant.ci[1] },
      ...{ standardError: variant.se, p: variant.p, pAdjusted: variant.pAdjusted },
      ...{ lift: variant.lift, liftLow: variant.liftCi[0], liftHigh: variant.liftCi[1], chanceToWin: variant.chance },
      ...evenedCells(variant.evenedOut),
      ...{ standing: variant.standing, harm: variant.harm, margin: one.margin },
      ...{ sampleRatioP: result?.shares.p, sampleRatioStatus: result?.shares.status, verdict: result?.verdict.state },
      beforeP: result?.balance.pairs.find((pair) => pair.arm === variant.arm && pair.metric.id === one.metric.id)?.p,
      beforeStatus: result?.balance.status,
      ...medianCells(times, one.metric.id, [one.arms[0]?.arm, variant.arm]),
    })),
  );
}

/** Exploratory: the primary metric within each segment, adjusted over all of them; the level of the interval is told as alpha. */
function segmentRows({ key, asOf, segments }: Read) {
  return (segments?.segments ?? []).flatMap((one) =>
    one.arms.slice(1).map((arm) => {
      const variant = one.variants.find((each) => each.arm === arm.arm);
      return {
        ...{ experiment: key, asOf: asOf.toISOString(), metric: segments?.metric.name ?? segments?.metric.id },
        ...{ role: "segment", windowHours: segments?.windowHours, better: segments?.metric.better },
        ...{ method: variant?.method ?? "too-few", alpha: segments?.level, correction: "benjamini-hochberg" },
        ...cells("baseline", one.arms[0]),
        ...cells("variant", arm),
        ...{ difference: variant?.difference, differenceLow: variant?.ci[0], differenceHigh: variant?.ci[1] },
        ...{ standardError: variant?.se, p: variant?.p, pAdjusted: variant?.pAdjusted, standing: variant?.standing },
        ...{ sampleRatioP: one.shares.p, sampleRatioStatus: one.shares.status },
        ...{ segmentBy: one.by, segment: one.name ?? one.id, segmentsMerged: one.merged },
      };
    }),
  );
}

/** Hours until it had happened to half of everybody (Kaplan and Meier), of both sides; empty where it has not. */
function medianCells(times: Read["times"], metric: string, [baseline, variant]: (string | undefined)[]) {
  const arms = times.find((one) => one.metric.id === metric)?.arms ?? [];
  const [before, after] = [baseline, variant].map((id) => arms.find(({ arm }) => arm === id)?.median);
  return {
    ...{ medianHours: after?.time, medianLow: after?.ci[0], medianHigh: after?.ci[1] },
    ...{ baselineMedianHours: before?.time, baselineMedianLow: before?.ci[0], baselineMedianHigh: before?.ci[1] },
  };
}

type Metric = NonNullable<Read["result"]>["metrics"][number];
type ArmCells = Metric["arms"][number] | undefined;

/** CUPED: evened out by the same metric in the days before the assignment. */
const evenedCells = (evened: Metric["variants"][number]["evenedOut"]) =>
  evened && {
    ...{ cupedBy: `same metric, ${daysBefore} days before`, cupedDifference: evened.difference },
    ...{ cupedLow: evened.ci[0], cupedHigh: evened.ci[1], cupedLift: evened.lift },
    ...{ cupedLiftLow: evened.liftCi[0], cupedLiftHigh: evened.liftCi[1] },
    cupedVarianceReduction: evened.varianceReduction,
  };

const cells = (side: "baseline" | "variant", arm: ArmCells) => ({
  [side]: arm?.arm,
  [`${side}N`]: arm?.n,
  [`${side}Sum`]: arm?.sum,
  [`${side}Over`]: arm?.over,
  [`${side}Value`]: arm?.value,
  [`${side}Low`]: arm?.interval[0],
  [`${side}High`]: arm?.interval[1],
});
