import type { Metadata } from "next";
import { JoinScreen } from "#components/join/join-screen.tsx";
import { webHost } from "#server/auth/web-host.ts";
import { readInvitation } from "#server/workspace/accept-invitation.ts";
import { translatorOf } from "../../messages.ts";
import { viewer } from "../../viewer.ts";

export const metadata: Metadata = { referrer: "no-referrer", robots: "noindex" };

/** Where an invitation's link leads: nobody is signed in here. */
export default async function JoinPage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params;
  const { db, freshClock } = webHost();
  const { language, isAway } = await viewer();
  const invitation = isAway ? null : await readInvitation(db, await freshClock(), token);
  return (
    <>
      <title>{`${translatorOf(language)("join.title")} · Chasqui`}</title>
      <JoinScreen token={token} language={language} invitation={invitation} />
    </>
  );
}
