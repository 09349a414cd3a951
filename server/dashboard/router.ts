import { allowed, router } from "#server/trpc.ts";
import { DashboardFilter } from "./dashboard-filter.ts";
import { ExportBlock, exportBlock } from "./export-block.ts";
import { ListCounted, listCounted } from "./list-counted.ts";
import { ReadBreakdown, readBreakdown } from "./read-breakdown.ts";
import { readChoices } from "./read-choices.ts";
import { readCourse } from "./read-course.ts";
import { readHours } from "./read-hours.ts";
import { readLag } from "./read-lag.ts";
import { readReasons } from "./read-reasons.ts";
import { readSpending } from "./read-spending.ts";
import { ReadTrend, readTrend } from "./read-trend.ts";
import { listReports, SetReport, setReport } from "./set-report.ts";

export const dashboardRouter = router({
  course: allowed("see-dashboard")
    .input(DashboardFilter)
    .query(({ ctx, input }) => readCourse(ctx, input)),
  trend: allowed("see-dashboard")
    .input(ReadTrend)
    .query(({ ctx, input }) => readTrend(ctx, input)),
  breakdown: allowed("see-dashboard")
    .input(ReadBreakdown)
    .query(({ ctx, input }) => readBreakdown(ctx, input)),
  reasons: allowed("see-dashboard")
    .input(DashboardFilter)
    .query(({ ctx, input }) => readReasons(ctx, input)),
  hours: allowed("see-dashboard")
    .input(DashboardFilter)
    .query(({ ctx, input }) => readHours(ctx, input)),
  choices: allowed("see-dashboard")
    .input(DashboardFilter)
    .query(({ ctx, input }) => readChoices(ctx, input)),
  lag: allowed("see-dashboard").query(({ ctx }) => readLag(ctx)),
  spending: allowed("see-dashboard").query(({ ctx }) => readSpending(ctx)),
  messages: allowed("see-dashboard")
    .input(ListCounted)
    .query(({ ctx, input }) => listCounted(ctx, input)),
  reports: allowed("manage-reports").query(({ ctx }) => listReports(ctx)),
  setReport: allowed("manage-reports")
    .input(SetReport)
    .mutation(({ ctx, input }) => setReport(ctx, input)),
  export: allowed("export-dashboard")
    .input(ExportBlock)
    .mutation(({ ctx, input }) => exportBlock(ctx, input)),
});
