import { webHost } from "#server/auth/web-host.ts";
import { metricsContentType, refuseMetrics } from "#server/observe/metrics-gate.ts";
import { webMetrics } from "#server/observe/web-metrics.ts";

export const dynamic = "force-dynamic";

/** For Prometheus; docs/metrics.md. */
export async function GET(request: Request): Promise<Response> {
  const { db, env, freshClock } = webHost();
  const refusal = refuseMetrics(env.metricsKey, request.headers.get("authorization"));
  if (refusal) return new Response(null, { status: refusal, headers: { "cache-control": "no-store" } });
  const headers = { "content-type": metricsContentType, "cache-control": "no-store" };
  return new Response(await webMetrics(db, freshClock), { headers });
}
