"use client";

import { ChevronRight } from "lucide-react";
import { useTranslations } from "use-intl";
import { Avatar } from "#components/ui/avatar.tsx";
import { Spinner } from "#components/ui/spinner.tsx";
import type { Demo } from "./sign-in-screen.tsx";
import type { SignIn } from "./use-sign-in.ts";

/** One press per role: who they are and what they can do. */
export function DemoPeople({ demo, signIn }: { demo: Demo; signIn: SignIn }) {
  const t = useTranslations("signIn.demo");
  const roles = useTranslations("shell.person.roles");
  return (
    <section aria-labelledby="demo-title" className="mb-4 overflow-hidden rounded-lg border border-border bg-surface">
      <div className="border-border border-b px-5 py-3.5">
        <h2 id="demo-title" className="text-base">
          {t("title")}
        </h2>
        <p className="text-secondary text-sm">{t("description")}</p>
      </div>
      <ul>
        {demo.people.map((person) => (
          <li key={person.email} className="border-border border-b last:border-b-0">
            <button
              type="button"
              disabled={signIn.busyWith !== null}
              onClick={() => signIn.submit(person.email, demo.password)}
              className="group flex w-full items-center gap-3 px-5 py-2.5 text-left transition-colors enabled:hover:bg-hover focus-visible:-outline-offset-2"
            >
              <Avatar name={person.name} size="large" />
              <span className="min-w-0 flex-1">
                <span className="block text-sm">
                  <span className="font-semibold">{person.name}</span>{" "}
                  <span className="text-secondary">{roles(person.role)}</span>
                </span>
                <span className="block text-secondary text-xs">{t(`can.${person.role}`)}</span>
              </span>
              {signIn.busyWith === person.email ? (
                <Spinner className="text-accent" />
              ) : (
                <ChevronRight aria-hidden className="size-4 shrink-0 text-tertiary group-hover:text-ink" />
              )}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
