"use client";

import type { LucideIcon } from "lucide-react";
import { useTranslations } from "use-intl";
import { stepIcon } from "#components/flow-thumbnail/step-icon.ts";
import { cn } from "#components/ui/cn.ts";
import { ScrollArea } from "#components/ui/scroll-area.tsx";
import type { Family } from "#flow/define-node.ts";
import { nodeTypeOf } from "#flow/nodes/index.ts";
import { type Attempt, type Enrollment, type Message, type Step, type Subject, useWhyWords } from "./use-why-words.ts";

const bars: Record<Family, string> = {
  trigger: "border-l-trigger",
  logic: "border-l-logic",
  message: "border-l-message",
  people: "border-l-people",
  integration: "border-l-integration",
  end: "border-l-goal",
};
const inks: Record<Family, string> = {
  trigger: "text-trigger",
  logic: "text-logic",
  message: "text-message",
  people: "text-people",
  integration: "text-integration",
  end: "text-goal",
};

/** Steps never reached that the strip names; of the others it says how many. */
const shownNever = 3;

type PathStripProps = { subject: Subject; attempt: Attempt; enrollment: Enrollment };

/** The way of the person, left to right: steps with when and how, on the lines between them the outcome, then what was never reached. */
export function PathStrip({ subject, attempt, enrollment }: PathStripProps) {
  const t = useTranslations("why");
  const words = useWhyWords();
  const { path, neverReached, messages } = enrollment;
  const more = neverReached.length - shownNever;
  if (path.length === 0)
    return <p className="border-border border-t px-4 py-3 text-secondary text-sm">{t("noPath")}</p>;
  return (
    <ScrollArea
      as="section"
      aria-label={t("path", { flow: subject.flow.name })}
      className="overflow-x-auto border-border border-t px-4 py-3 print:overflow-visible"
    >
      <ol className="flex min-w-fit items-center print:min-w-0 print:flex-wrap print:gap-y-2">
        {path.map((step, index) => (
          <li key={step.visit} className="flex flex-1 items-center last:flex-none">
            <StepCard step={step} message={messages.find((message) => message.visit === step.visit)} />
            {step.outcome === "left" && index < path.length - 1 ? (
              <Walked text={index === 0 && attempt.rules.length > 0 ? t("allRulesMet") : words.handle(step)} />
            ) : index < path.length - 1 || neverReached.length > 0 ? (
              <span aria-hidden className="h-px min-w-8 flex-1 border-border-strong border-t border-dashed" />
            ) : null}
          </li>
        ))}
        {neverReached.slice(0, shownNever).map((step, index) => (
          <li key={step.nodeId} className="flex items-center">
            {index > 0 ? <span aria-hidden className="h-px w-4 border-border-strong border-t border-dashed" /> : null}
            <StepBox step={step} line={t("neverReached")} isFaint />
          </li>
        ))}
        {more > 0 ? (
          <li className="whitespace-nowrap pl-3 text-secondary text-xs">{t("moreNeverReached", { count: more })}</li>
        ) : null}
      </ol>
    </ScrollArea>
  );
}

function Walked({ text }: { text: string }) {
  return (
    <span className="flex min-w-16 flex-1 items-center text-xs">
      <span aria-hidden className="h-px min-w-2 flex-1 bg-secondary" />
      <span className="max-w-44 truncate rounded-full border border-border bg-surface px-2 py-0.5 text-secondary">
        {text}
      </span>
      <span aria-hidden className="h-px min-w-2 flex-1 bg-secondary" />
    </span>
  );
}

function StepCard({ step, message }: { step: Step; message: Message | undefined }) {
  const t = useTranslations("why");
  const statuses = useTranslations("messageStatus");
  const words = useWhyWords();
  if (message) {
    const at = message.readAt ?? message.deliveredAt ?? message.sentAt ?? message.failedAt;
    const line = [statuses(message.status), at ? words.time(at) : ""].filter(Boolean).join(" ");
    return <StepBox step={step} line={line} isBad={message.status === "skipped" || message.status === "failed"} />;
  }
  const stayedMs = (step.leftAt?.getTime() ?? 0) - step.enteredAt.getTime();
  if (step.outcome === "waiting" && step.waitsUntil)
    return <StepBox step={step} line={t("until", { date: words.time(step.waitsUntil) })} isCurrent />;
  if (step.outcome === "waiting") return <StepBox step={step} line={words.time(step.enteredAt)} isCurrent />;
  return <StepBox step={step} line={stayedMs >= 1_000 ? words.duration(stayedMs) : words.time(step.enteredAt)} />;
}

type StepBoxProps = {
  step: { type: string; title: string | null };
  line: string;
  /** Never reached. */
  isFaint?: boolean;
  /** Its message did not leave. */
  isBad?: boolean;
  /** The person stands here. */
  isCurrent?: boolean;
};

function StepBox({ step, line, isFaint, isBad, isCurrent }: StepBoxProps) {
  const words = useWhyWords();
  const node = nodeTypeOf(step.type);
  const family = node?.family ?? "integration";
  const Icon: LucideIcon = stepIcon(node?.icon);
  return (
    <div
      className={cn(
        "flex h-11 min-w-32 max-w-56 items-center gap-2 rounded-md border border-border border-l-2 bg-surface px-2.5",
        isFaint ? "border-dashed border-l-border-strong bg-sunken text-tertiary" : bars[family],
        isBad && "border-danger-border bg-danger-tint",
        isCurrent && "ring-1 ring-warning",
      )}
    >
      <Icon aria-hidden className={cn("size-4 shrink-0", isFaint ? "text-tertiary" : inks[family])} />
      <span className="min-w-0 text-xs leading-4">
        <span className={cn("block truncate font-medium", isFaint ? "text-secondary" : "text-ink")}>
          {words.stepTitle(step)}
        </span>
        <span className={cn("block truncate", isBad ? "text-danger" : "text-secondary")}>{line}</span>
      </span>
    </div>
  );
}
