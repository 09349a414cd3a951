"use client";

import { createContext, type ReactNode, useContext, useMemo } from "react";
import type { Verb } from "#server/auth/permissions.ts";
import type { Me } from "#server/auth/read-me.ts";

/** The signed-in person and `can(verb)`: hides what the server would refuse anyway. The server decides. */
export type ClientSession = Me & { can: (verb: Verb) => boolean };

const Context = createContext<ClientSession | null>(null);

export function SessionProvider({ me, children }: { me: Me; children: ReactNode }) {
  const session = useMemo(() => ({ ...me, can: (verb: Verb) => me.verbs.includes(verb) }), [me]);
  return <Context value={session}>{children}</Context>;
}

/** Only below the workspace layout, where somebody is signed in for certain. */
export function useSession(): ClientSession {
  const session = useContext(Context);
  if (!session) throw new Error("useSession is used outside the workspace layout.");
  return session;
}
