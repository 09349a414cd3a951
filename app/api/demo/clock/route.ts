import { webHost } from "#server/auth/web-host.ts";
import { AdvanceClock, advanceClock } from "#server/demo/advance-clock.ts";
import { DomainError, httpStatusOf } from "#server/errors.ts";
import { isLocalCall } from "#server/web/peer.ts";

export const dynamic = "force-dynamic";

/** Demo only, from this machine only, without signing in: `{"advanceSeconds": n}` moves the clock forward and answers `{now}`. */
export async function POST(request: Request): Promise<Response> {
  const { db, env } = webHost();
  if (!env.isDemo || !isLocalCall(request.headers)) return refusal("not-found", "There is nothing here.");
  const input = AdvanceClock.safeParse(await request.json().catch(() => null));
  if (!input.success) return refusal("bad-input", 'Send {"advanceSeconds": n} with a whole number from 0 to 31536000.');
  try {
    return Response.json(await advanceClock(db, env, input.data));
  } catch (error) {
    if (error instanceof DomainError) return refusal(error.code, error.message);
    throw error;
  }
}

function refusal(code: keyof typeof httpStatusOf, message: string): Response {
  return Response.json({ error: { code, message } }, { status: httpStatusOf[code] });
}
