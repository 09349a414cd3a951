"use client";

import { useState } from "react";

/** Why it did not work: a key under `signIn.problems`. */
type SignInProblem = "wrong" | "tooMany" | "away" | "code" | "recoveryCode" | "codeUsed" | "expired" | "locked";

export type SignIn = {
  /** The e-mail being tried, or the code's step; null when nothing is under way. */
  busyWith: string | null;
  problem: SignInProblem | null;
  /** The password was right, and a code of the second factor is still to come. */
  needsCode: boolean;
  submit: (email: string, password: string) => Promise<void>;
  submitCode: (code: string, kind: CodeKind) => Promise<void>;
  /** Back to the password. */
  startOver: () => void;
};

export type CodeKind = "app" | "recovery";

type Step = { problem: SignInProblem } | { needsCode: boolean };

export function useSignIn(): SignIn {
  const [busyWith, setBusyWith] = useState<string | null>(null);
  const [problem, setProblem] = useState<SignInProblem | null>(null);
  const [needsCode, setNeedsCode] = useState(false);
  const run = async (name: string, attempt: () => Promise<Step>) => {
    setBusyWith(name);
    setProblem(null);
    const step = await attempt();
    if ("needsCode" in step && !step.needsCode) {
      // A full load: language, theme and rights of this person come from the server.
      window.location.assign("/");
      return;
    }
    setBusyWith(null);
    if ("needsCode" in step) setNeedsCode(true);
    else {
      setProblem(step.problem);
      if (step.problem === "expired") setNeedsCode(false);
    }
  };
  return {
    busyWith,
    problem,
    needsCode,
    submit: (email, password) => run(email, () => tryPassword(email, password)),
    submitCode: (code, kind) => run("code", () => tryCode(code, kind)),
    startOver: () => {
      setNeedsCode(false);
      setProblem(null);
    },
  };
}

async function tryPassword(email: string, password: string): Promise<Step> {
  const answer = await post("sign-in/email", { email, password });
  if (answer === null) return { problem: "away" };
  if (answer.status === 200) return { needsCode: answer.body.twoFactorRedirect === true };
  if (answer.status === 429) return { problem: "tooMany" };
  return { problem: answer.status < 500 ? "wrong" : "away" };
}

const codeProblems: Record<string, SignInProblem> = {
  CODE_USED: "codeUsed",
  INVALID_TWO_FACTOR_COOKIE: "expired",
  TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE: "expired",
  ACCOUNT_TEMPORARILY_LOCKED: "locked",
};

async function tryCode(typed: string, kind: CodeKind): Promise<Step> {
  const code = typed.replaceAll(/\s/g, "").toLowerCase();
  const answer = await post(kind === "app" ? "two-factor/verify-totp" : "two-factor/verify-backup-code", { code });
  if (answer === null || answer.status >= 500) return { problem: "away" };
  if (answer.status === 200) return { needsCode: false };
  const known = codeProblems[String(answer.body.code)];
  return { problem: known ?? (answer.status === 429 ? "tooMany" : kind === "app" ? "code" : "recoveryCode") };
}

async function post(path: string, body: object): Promise<{ status: number; body: Record<string, unknown> } | null> {
  try {
    const answer = await fetch(`/api/auth/${path}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    const said: unknown = await answer.json().catch(() => null);
    return { status: answer.status, body: typeof said === "object" && said !== null ? { ...said } : {} };
  } catch {
    return null;
  }
}
