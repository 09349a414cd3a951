"use client";

import { CircleCheck, CircleX, Clock, LogIn, LogOut, TriangleAlert, Workflow } from "lucide-react";
import Link from "next/link";
import { type ReactNode, useId } from "react";
import { useTranslations } from "use-intl";
import { Button } from "#components/ui/button.tsx";
import { Card } from "#components/ui/card.tsx";
import { Chip } from "#components/ui/chip.tsx";
import { MessageChecks } from "./message-checks.tsx";
import { PathStrip } from "./path-strip.tsx";
import { HeldRules, RuleTable } from "./rule-table.tsx";
import { type Attempt, type Enrollment, type Subject, useWhyWords } from "./use-why-words.ts";

/** One flow: the time the person was inside, or else what its newest event came to, whole, and the other times folded below. */
export function FlowCard({ subject }: { subject: Subject }) {
  const t = useTranslations("why");
  const { attempts, verdict } = subject.flow;
  // A later event that let nobody in does not stand before the time they were inside.
  const head = attempts.find((attempt) => attempt.verdict === verdict);
  const others = attempts.filter((attempt) => attempt !== head);
  if (!head) return null;
  return (
    <div className="space-y-1.5">
      <AttemptCard subject={subject} attempt={head} />
      {others.length > 0 ? (
        <details className="group">
          <summary className="w-fit cursor-pointer rounded-sm px-2 py-1 text-secondary text-sm hover:text-ink">
            {subject.flow.name}: {t("earlier", { count: others.length })}
          </summary>
          <div className="mt-1.5 space-y-3 border-border-strong border-l-2 pl-3">
            {others.map((attempt) => (
              <AttemptCard key={attempt.enrollment?.id ?? attempt.event.id} subject={subject} attempt={attempt} />
            ))}
          </div>
        </details>
      ) : null}
    </div>
  );
}

function AttemptCard({ subject, attempt }: { subject: Subject; attempt: Attempt }) {
  const t = useTranslations("why");
  const titleId = useId();
  const { enrollment } = attempt;
  return (
    <Card aria-labelledby={titleId} className="overflow-hidden">
      <AttemptHead subject={subject} attempt={attempt} titleId={titleId} />
      {enrollment ? (
        <>
          <PathStrip subject={subject} attempt={attempt} enrollment={enrollment} />
          <HeldRules subject={subject} attempt={attempt} />
          {enrollment.messages.map((message) => (
            <MessageChecks key={message.id} message={message} contactId={subject.contactId} />
          ))}
          {enrollment.hasMore ? (
            <p className="border-border border-t px-4 py-2 text-secondary text-sm">{t("moreInside")}</p>
          ) : null}
        </>
      ) : (
        <RuleTable subject={subject} attempt={attempt} />
      )}
    </Card>
  );
}

type HeadProps = { subject: Subject; attempt: Attempt; titleId: string };

function AttemptHead({ subject: { flow }, attempt, titleId }: HeadProps) {
  const t = useTranslations("why");
  const words = useWhyWords();
  const by = attempt.enrollment?.runBy?.flowName;
  const values = {
    date: words.moment(attempt.at),
    flow: by ?? "",
    event: attempt.event.name,
    key: attempt.key ?? "",
    code: (chunks: ReactNode) => <code className="font-mono text-xs">{chunks}</code>,
  };
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5 px-4 py-2.5">
      {attempt.verdict === "entered" ? (
        <Chip tone="success" icon={LogIn}>
          {t("entered")}
        </Chip>
      ) : (
        <Chip tone="danger" icon={CircleX}>
          {t("didNotEnter")}
        </Chip>
      )}
      <h2 id={titleId} className="font-semibold text-base">
        {flow.name}
      </h2>
      {attempt.version ? (
        <span className="text-secondary text-xs">{t("version", { number: attempt.version.number })}</span>
      ) : null}
      <p className="text-secondary text-sm">
        {t.rich(by ? "onRun" : attempt.key === null ? "on" : "onWithKey", values)}
      </p>
      <div className="flex flex-wrap items-center gap-2 sm:ml-auto">
        {attempt.enrollment ? <Standing enrollment={attempt.enrollment} /> : <Failed attempt={attempt} />}
        <Button asChild variant="quiet" size="dense" className="print:hidden">
          <Link href={`/flows/${flow.id}`} aria-describedby={titleId}>
            <Workflow aria-hidden />
            {t("seeOnCanvas")}
          </Link>
        </Button>
      </div>
    </div>
  );
}

function Failed({ attempt }: { attempt: Attempt }) {
  const t = useTranslations("why");
  const words = useWhyWords();
  const failed = words.failing(attempt).length;
  const total = attempt.rules.filter((line) => line.test).length;
  return failed > 0 ? <strong className="text-sm">{t("rulesFailed", { count: failed, total })}</strong> : null;
}

const notSent = ["skipped", "failed"];

/** How it stands with the person: goal, still inside, or how it ended; and messages that never left. */
function Standing({ enrollment }: { enrollment: Enrollment }) {
  const t = useTranslations("why");
  const words = useWhyWords();
  const missed = enrollment.messages.filter((message) => notSent.includes(message.status)).length;
  return (
    <>
      {missed > 0 ? (
        <Chip tone="warning" icon={TriangleAlert}>
          {t("notSent", { count: missed })}
        </Chip>
      ) : null}
      {enrollment.goalAt ? (
        <Chip tone="accent" icon={CircleCheck}>
          {t("goalReached", { date: words.moment(enrollment.goalAt) })}
        </Chip>
      ) : null}
      {enrollment.status === "waiting" ? (
        <Chip tone="info" icon={Clock}>
          {enrollment.wakeAt ? t("movesOn", { date: words.moment(enrollment.wakeAt) }) : t("inside")}
        </Chip>
      ) : enrollment.goalAt && enrollment.endReason === "goal" ? null : (
        <Chip icon={LogOut}>{words.ending(enrollment)}</Chip>
      )}
    </>
  );
}
