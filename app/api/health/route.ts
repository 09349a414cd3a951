import { webHost } from "#server/auth/web-host.ts";
import { readHealth } from "#server/health/read-health.ts";

export const dynamic = "force-dynamic";

/** For load balancers and operators: 200 when every part works, else 503; the body names the part. */
export async function GET(): Promise<Response> {
  const { db, env } = webHost();
  const health = await readHealth(db, env);
  return Response.json(health, {
    status: health.status === "ok" ? 200 : 503,
    headers: { "cache-control": "no-store" },
  });
}
