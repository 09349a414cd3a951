import { redirect } from "next/navigation";
import type { ReactNode } from "react";
import { AppShell } from "#components/app-shell/app-shell.tsx";
import { SessionProvider } from "#components/session/session-provider.tsx";
import { viewer } from "../viewer.ts";

export default async function WorkspaceLayout({ children }: { children: ReactNode }) {
  const { me, theme } = await viewer();
  if (!me) redirect("/sign-in");
  return (
    <SessionProvider me={me}>
      <AppShell theme={theme}>{children}</AppShell>
    </SessionProvider>
  );
}
