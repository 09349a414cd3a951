"use client";

import { CircleCheck, Clock, GitCompareArrows, RotateCcw, X } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { Callout } from "#components/ui/callout.tsx";
import { Field } from "#components/ui/field.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { Textarea } from "#components/ui/textarea.tsx";
import type { Standing } from "./approval.ts";

/** Where a draft stands with the others: what it may do next follows from this alone. */
export type Step = "ask" | "waiting" | "go";

/** go: it may go live; waiting: somebody else decides about exactly this; ask: a request has to be made. */
export function stepOf({ request }: Pick<Standing, "request">): Step {
  if (!request?.isCurrent) return "ask";
  return request.state === "approved" ? "go" : request.state === "open" ? "waiting" : "ask";
}

type AskFormProps = {
  /** Undefined while it is read: one may begin to write. */
  standing: Standing | undefined;
  why: string;
  onWhy: (why: string) => void;
};

/** The reason to ask for, with what became of an earlier request above it and who could approve below. */
export function AskForm({ standing, why, onWhy }: AskFormProps) {
  const t = useTranslations("approvals.ask");
  return (
    <div className="space-y-3">
      {standing ? <StandingNote standing={standing} /> : null}
      <Field label={t("why")} help={t("whyHelp")}>
        <Textarea rows={2} maxLength={500} value={why} onChange={(event) => onWhy(event.target.value)} />
      </Field>
      {standing ? <WhoCan standing={standing} /> : <Skeleton className="w-72" />}
    </div>
  );
}

function WhoCan({ standing: { needed, candidates } }: { standing: Standing }) {
  const t = useTranslations("approvals.ask");
  const format = useFormatter();
  const names = candidates.map((one) => one.name);
  return (
    <p className="text-secondary text-sm">
      {t("needs", { needed })}{" "}
      {names.length < needed ? t("nobody") : t("candidates", { names: format.list(names, { type: "disjunction" }) })}
    </p>
  );
}

const looks = {
  waiting: { tone: "info", icon: Clock },
  approvedNow: { tone: "success", icon: CircleCheck },
  changed: { tone: "warning", icon: GitCompareArrows },
  "changes-requested": { tone: "warning", icon: RotateCcw },
  rejected: { tone: "danger", icon: X },
} as const;

/** One sentence on the newest request, with the way to it; nothing where there is none to speak of. */
export function StandingNote({ standing: { request } }: { standing: Pick<Standing, "request"> }): ReactNode {
  const t = useTranslations("approvals.ask");
  if (!request || request.state === "withdrawn") return null;
  const isPast = request.state === "approved" && !request.isCurrent;
  // An approval that was used up says nothing about the next draft.
  if (isPast) return null;
  const word =
    request.state === "approved"
      ? "approvedNow"
      : request.state === "open"
        ? request.isCurrent
          ? "waiting"
          : "changed"
        : request.state;
  return (
    <Callout
      tone={looks[word].tone}
      icon={looks[word].icon}
      action={
        <Link href={`/approvals?id=${request.id}`} className="text-accent hover:underline">
          {t("see")}
        </Link>
      }
    >
      {t.rich(word, { when: () => <RelativeTime date={request.askedAt} /> })}
    </Callout>
  );
}
