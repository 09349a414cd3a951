import { webHost } from "#server/auth/web-host.ts";
import { DomainError, httpStatusOf } from "#server/errors.ts";
import { AcceptInvitation, acceptInvitation } from "#server/workspace/accept-invitation.ts";

export const dynamic = "force-dynamic";

/** Takes the form of app/join: nobody is signed in there, the link's secret is the right to be let in. */
export async function POST(request: Request): Promise<Response> {
  const { db, freshClock } = webHost();
  const input = AcceptInvitation.safeParse(await request.json().catch(() => null));
  if (!input.success) return refusal("bad-input", input.error.issues[0]?.message ?? "Fill the form in.");
  try {
    return Response.json(await acceptInvitation(db, await freshClock(), input.data));
  } catch (error) {
    if (error instanceof DomainError) return refusal(error.code, error.message);
    throw error;
  }
}

function refusal(code: keyof typeof httpStatusOf, message: string): Response {
  return Response.json({ error: { code, message } }, { status: httpStatusOf[code] });
}
