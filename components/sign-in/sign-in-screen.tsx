"use client";

import { useTranslations } from "use-intl";
import { LanguageSwitch } from "#components/app-shell/language-switch.tsx";
import { QuipuMark } from "#components/app-shell/quipu-mark.tsx";
import type { Role } from "#server/auth/permissions.ts";
import { CodeForm } from "./code-form.tsx";
import { DemoPeople } from "./demo-people.tsx";
import { SignInForm } from "./sign-in-form.tsx";
import { useSignIn } from "./use-sign-in.ts";

export type Demo = { people: { email: string; name: string; role: Role }[]; password: string };

/** The door for people. In a demo the people of each role stand ready, one press away. */
export function SignInScreen({ language, demo }: { language: string; demo: Demo | null }) {
  const t = useTranslations("signIn");
  const signIn = useSignIn();
  return (
    <main className="flex min-h-dvh flex-col items-center bg-bg px-4 py-8">
      <div className="flex w-full max-w-[440px] flex-1 flex-col justify-center">
        <div className="mb-6 flex items-center gap-3">
          <QuipuMark className="size-9" />
          <div>
            <p className="font-semibold text-h1 tracking-[-0.01em]">Chasqui</p>
            <p className="text-secondary text-sm">{t("tagline")}</p>
          </div>
        </div>
        {demo && !signIn.needsCode ? <DemoPeople demo={demo} signIn={signIn} /> : null}
        <section aria-labelledby="sign-in-title" className="rounded-lg border border-border bg-surface p-5">
          <h1 id="sign-in-title" className={demo && !signIn.needsCode ? "mb-4 text-base" : "mb-4 text-h2"}>
            {t(signIn.needsCode ? "secondTitle" : demo ? "withPassword" : "title")}
          </h1>
          {signIn.needsCode ? <CodeForm signIn={signIn} /> : <SignInForm signIn={signIn} />}
        </section>
      </div>
      <LanguageSwitch language={language} />
    </main>
  );
}
