"use client";

import { useState } from "react";

/** Why it did not work: a key under `signIn.problems`. */
type SignInProblem = "wrong" | "tooMany" | "away";

export type SignIn = {
  /** The e-mail being tried; null when nothing is under way. */
  busyWith: string | null;
  problem: SignInProblem | null;
  submit: (email: string, password: string) => Promise<void>;
};

export function useSignIn(): SignIn {
  const [busyWith, setBusyWith] = useState<string | null>(null);
  const [problem, setProblem] = useState<SignInProblem | null>(null);
  const submit = async (email: string, password: string) => {
    setBusyWith(email);
    setProblem(null);
    const found = await trySignIn(email, password);
    if (found) {
      setProblem(found);
      setBusyWith(null);
      return;
    }
    // A full load: language, theme and rights of this person come from the server.
    window.location.assign("/");
  };
  return { busyWith, problem, submit };
}

async function trySignIn(email: string, password: string): Promise<SignInProblem | null> {
  try {
    const answer = await fetch("/api/auth/sign-in/email", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ email, password }),
    });
    if (answer.ok) return null;
    if (answer.status === 429) return "tooMany";
    return answer.status < 500 ? "wrong" : "away";
  } catch {
    return "away";
  }
}
