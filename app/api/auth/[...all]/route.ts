import { webHost } from "#server/auth/web-host.ts";

/** Everything else of better-auth (making organizations, invitations, sign-up) has no verb and no audit: it stays shut. */
const open = new Set([
  "POST sign-in/email",
  "POST two-factor/verify-totp",
  "POST two-factor/verify-backup-code",
  "POST sign-out",
  "GET get-session",
]);

type Params = { params: Promise<{ all: string[] }> };

async function answer(request: Request, { params }: Params): Promise<Response> {
  const { all } = await params;
  if (!open.has(`${request.method} ${all.join("/")}`))
    return Response.json({ message: "There is nothing here." }, { status: 404 });
  return webHost().auth.handler(request);
}

export { answer as GET, answer as POST };
