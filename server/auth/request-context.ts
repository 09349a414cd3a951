import type { RequestContext } from "#server/trpc.ts";
import { readSession } from "./session.ts";
import { webHost } from "./web-host.ts";

/** Everything a verb works with, for one request of the web process. */
export async function createRequestContext(headers: Headers): Promise<RequestContext> {
  const { db, env, freshClock } = webHost();
  const [clock, session] = await Promise.all([freshClock(), readSession(headers)]);
  return { db, env, clock, session };
}
