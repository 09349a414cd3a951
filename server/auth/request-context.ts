import type { RequestContext } from "#server/trpc.ts";
import { readSession } from "./session.ts";
import { touchMember } from "./touch-member.ts";
import { webHost } from "./web-host.ts";

/** Everything a verb works with, for one request of the web process. */
export async function createRequestContext(headers: Headers): Promise<RequestContext> {
  const { db, figures, env, log, freshClock } = webHost();
  const [clock, session] = await Promise.all([freshClock(), readSession(headers)]);
  if (session)
    touchMember(db, clock.now(), session, (error) => log.warn({ error: String(error) }, "Nobody noted who was seen"));
  return { db, figures, env, clock, session };
}
