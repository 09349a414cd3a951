"use client";

import { CircleAlert } from "lucide-react";
import { type FormEvent, useState } from "react";
import { useTranslations } from "use-intl";
import { LanguageSwitch } from "#components/app-shell/language-switch.tsx";
import { QuipuMark } from "#components/app-shell/quipu-mark.tsx";
import { Button } from "#components/ui/button.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import type { Role } from "#server/auth/permissions.ts";

type Invitation = { email: string; role: Role; workspace: string; inviter: string };
type JoinScreenProps = { token: string; language: "en" | "fr"; invitation: Invitation | null };

/** The page of an invitation: who asks whom in, and a name and password to come in with. */
export function JoinScreen({ token, language, invitation }: JoinScreenProps) {
  const t = useTranslations("join");
  const roles = useTranslations("shell.person.roles");
  const can = useTranslations("signIn.demo.can");
  return (
    <main className="flex min-h-dvh flex-col items-center bg-bg px-4 py-8">
      <div className="flex w-full max-w-[440px] flex-1 flex-col justify-center">
        <div className="mb-6 flex items-center gap-3">
          <QuipuMark className="size-9" />
          <p className="font-semibold text-h1 tracking-[-0.01em]">Chasqui</p>
        </div>
        <section className="rounded-lg border border-border bg-surface p-5">
          {invitation ? (
            <>
              <h1 className="text-h2">{t("heading", { workspace: invitation.workspace })}</h1>
              <p className="mt-1 mb-4 text-secondary text-sm">
                {t("body", { inviter: invitation.inviter, role: roles(invitation.role) })} {can(invitation.role)}.
              </p>
              <JoinForm token={token} language={language} email={invitation.email} />
            </>
          ) : (
            <>
              <h1 className="text-h2">{t("goneTitle")}</h1>
              <p className="mt-1 text-secondary text-sm">{t("goneBody")}</p>
            </>
          )}
        </section>
      </div>
      <LanguageSwitch language={language} />
    </main>
  );
}

type Problem = "short" | "gone" | "taken" | "away";

function JoinForm({ token, language, email }: { token: string; language: "en" | "fr"; email: string }) {
  const t = useTranslations("join");
  const [name, setName] = useState("");
  const [password, setPassword] = useState("");
  const [problem, setProblem] = useState<Problem | null>(null);
  const [isBusy, setBusy] = useState(false);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (password.length < 10) return setProblem("short");
    setBusy(true);
    const found = await join({ token, name, password, language });
    // Without a code the new password signs in at once.
    if (found === null && (await signIn(email, password))) window.location.assign("/");
    else if (found === null) window.location.assign("/sign-in");
    else {
      setProblem(found);
      setBusy(false);
    }
  };
  return (
    <form className="space-y-4" onSubmit={submit}>
      <div role="alert">
        {problem && problem !== "short" ? (
          <Callout tone="danger" icon={CircleAlert}>
            {t(`problems.${problem}`)}
          </Callout>
        ) : null}
      </div>
      <Field label={t("email")}>
        <Input type="email" autoComplete="username" readOnly value={email} className="bg-sunken" />
      </Field>
      <Field label={t("name")}>
        <Input autoComplete="name" maxLength={80} value={name} onChange={({ target }) => setName(target.value)} />
      </Field>
      <Field label={t("password")} help={t("passwordHelp")} error={problem === "short" ? t("problems.short") : null}>
        <Input
          type="password"
          autoComplete="new-password"
          value={password}
          onChange={({ target }) => setPassword(target.value)}
        />
      </Field>
      <Button
        type="submit"
        variant="primary"
        className="w-full"
        isBusy={isBusy}
        disabled={name.trim() === "" || password === ""}
      >
        {t("submit")}
      </Button>
    </form>
  );
}

const post = (path: string, body: object): Promise<Response | null> =>
  fetch(path, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) }).catch(
    () => null,
  );

async function join(form: object): Promise<Problem | null> {
  const answer = await post("/api/join", form);
  if (answer?.ok) return null;
  if (answer?.status === 404) return "gone";
  if (answer?.status === 409) return "taken";
  return answer?.status === 400 ? "short" : "away";
}

const signIn = async (email: string, password: string): Promise<boolean> =>
  (await post("/api/auth/sign-in/email", { email, password }))?.ok ?? false;
