import type { EnrollmentState, TraceRow } from "./enrollment.ts";

/**
 * Takes a person out, whatever they wait for: somebody stopped the flow for them, or they wrote STOP (`by` says which). One
 * that has ended stays as it is, without a trace row.
 */
export function stopEnrollment(
  enrollment: EnrollmentState,
  { now, by }: { now: number; by: string },
): { enrollment: EnrollmentState; trace: TraceRow[] } {
  const { status, nodeId, visit } = enrollment;
  if (status === "ended") return { enrollment, trace: [] };
  const row = {
    visit,
    nodeId: nodeId ?? "",
    at: now,
    kind: "ended",
    handle: null,
    detail: { reason: "stopped", by },
  } as const;
  return {
    enrollment: { ...enrollment, status: "ended", nodeId: null, wait: null, endReason: "stopped" },
    trace: [row],
  };
}
