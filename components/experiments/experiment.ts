import type { inferRouterOutputs } from "@trpc/server";
import type { AppRouter } from "#server/router.ts";

type Outputs = inferRouterOutputs<AppRouter>["experiments"];

export type ExperimentRow = Outputs["list"][number];
export type Experiment = Outputs["get"];
export type Result = NonNullable<Experiment["result"]>;
export type Metric = Result["metrics"][number];
export type Variant = Metric["variants"][number];
export type Times = NonNullable<Outputs["times"]["times"]>;
export type Segmented = NonNullable<Outputs["segments"]>;
export type Segment = Segmented["segments"][number];
export type ArmReading = Metric["arms"][number];

/** In what the table of metrics tells a comparison. */
export type View = "lift" | "difference";

/** The primary metric, by which the verdict is told. */
export const primaryOf = ({ metrics }: Result): Metric | undefined => metrics.find(({ role }) => role === "primary");

/** The arm that the verdict speaks of: the winner, the first loser, else the first variant. */
export function spokenArm({ verdict }: Result, arms: Experiment["arms"]): string {
  const at = verdict.state === "ship" ? verdict.arm : verdict.state === "rollback" ? (verdict.arms[0] ?? 1) : 1;
  return arms[at]?.id ?? "";
}
