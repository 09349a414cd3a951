import { allowed, router } from "#server/trpc.ts";
import { ConsentWinner, consentWinner } from "./consent-winner.ts";
import { EstimateSize, estimateSize } from "./estimate-size.ts";
import { ExportExperiment, exportExperiment } from "./export-experiment.ts";
import { ListBehind, listBehind } from "./list-behind.ts";
import { listExperiments } from "./list-experiments.ts";
import { listMetrics } from "./list-metrics.ts";
import { ArchiveMetric, archiveMetric, MakeMetric, makeMetric } from "./make-metric.ts";
import { NoteExperiment, noteExperiment } from "./note-experiment.ts";
import { PlanExperiment, planExperiment } from "./plan-experiment.ts";
import { ReadExperiment, readExperiment } from "./read-experiment.ts";
import { ReadOfFlow, readOfFlow } from "./read-of-flow.ts";
import { ReadSegments, readSegments } from "./read-segments.ts";
import { ReadTimes, readTimes } from "./read-times.ts";
import { ShipWinner, shipWinner } from "./ship-winner.ts";
import { StopExperiment, stopExperiment } from "./stop-experiment.ts";

export const experimentsRouter = router({
  list: allowed("see-experiments").query(({ ctx }) => listExperiments(ctx)),
  get: allowed("see-experiments")
    .input(ReadExperiment)
    .query(({ ctx, input }) => readExperiment(ctx, input)),
  segments: allowed("see-experiments")
    .input(ReadSegments)
    .query(({ ctx, input }) => readSegments(ctx, input)),
  times: allowed("see-experiments")
    .input(ReadTimes)
    .query(({ ctx, input }) => readTimes(ctx, input)),
  behind: allowed("see-experiments")
    .input(ListBehind)
    .query(({ ctx, input }) => listBehind(ctx, input)),
  ofFlow: allowed("see-experiments")
    .input(ReadOfFlow)
    .query(({ ctx, input }) => readOfFlow(ctx, input)),
  size: allowed("see-experiments")
    .input(EstimateSize)
    .query(({ ctx, input }) => estimateSize(ctx, input)),
  metrics: allowed("see-experiments").query(({ ctx }) => listMetrics(ctx)),
  plan: allowed("edit-experiments")
    .input(PlanExperiment)
    .mutation(({ ctx, input }) => planExperiment(ctx, input)),
  note: allowed("note-experiments")
    .input(NoteExperiment)
    .mutation(({ ctx, input }) => noteExperiment(ctx, input)),
  stop: allowed("edit-experiments")
    .input(StopExperiment)
    .mutation(({ ctx, input }) => stopExperiment(ctx, input)),
  ship: allowed("edit-flows")
    .input(ShipWinner)
    .mutation(({ ctx, input }) => shipWinner(ctx, input)),
  consent: allowed("decide-approvals")
    .input(ConsentWinner)
    .mutation(({ ctx, input }) => consentWinner(ctx, input)),
  export: allowed("export-experiments")
    .input(ExportExperiment)
    .mutation(({ ctx, input }) => exportExperiment(ctx, input)),
  makeMetric: allowed("edit-experiments")
    .input(MakeMetric)
    .mutation(({ ctx, input }) => makeMetric(ctx, input)),
  archiveMetric: allowed("edit-experiments")
    .input(ArchiveMetric)
    .mutation(({ ctx, input }) => archiveMetric(ctx, input)),
});
