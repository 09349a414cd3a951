"use client";

import { useQuery } from "@tanstack/react-query";
import { ArrowRight, Check, PartyPopper } from "lucide-react";
import Link from "next/link";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { useSession } from "#components/session/session-provider.tsx";
import { useTRPC } from "#components/trpc-provider/trpc-provider.tsx";
import { Button } from "#components/ui/button.tsx";
import { Card, CardHeader, CardTitle } from "#components/ui/card.tsx";
import { cn } from "#components/ui/cn.ts";
import { Meter } from "#components/ui/meter.tsx";
import type { FirstSteps as Steps } from "#server/home/read-first-steps.ts";
import { EventSnippet } from "./event-snippet.tsx";

type StepId = "send-event" | "answer-phone" | "change-flow" | "publish-flow";

/** From nothing to a published change in four steps. Each ticks itself off when it has happened, wherever it was done. */
export function FirstSteps({ initial }: { initial: Steps }) {
  const t = useTranslations("home.steps");
  const trpc = useTRPC();
  const { data } = useQuery(
    trpc.home.firstSteps.queryOptions(undefined, { initialData: initial, refetchInterval: 3_000 }),
  );
  const [opened, setOpened] = useState<StepId | null>(null);
  const { isDemo } = useSession();
  const steps = data.steps.filter((step) => isDemo || step.id !== "answer-phone");
  const doneCount = steps.filter((step) => step.isDone).length;
  const next = steps.find((step) => !step.isDone)?.id ?? null;
  const current = opened ?? next;
  const flowHref = data.flow ? `/flows/${data.flow.id}` : "/flows";
  const bodies: Record<StepId, ReactNode> = {
    "send-event": <EventSnippet event={data.event} />,
    "answer-phone": <StepLink href="/sandbox" label={t("answer-phone.action")} />,
    "change-flow": <StepLink href={flowHref} label={t("change-flow.action", { flow: data.flow?.name ?? "" })} />,
    "publish-flow": <StepLink href={flowHref} label={t("publish-flow.action")} />,
  };
  return (
    <Card aria-labelledby="first-steps">
      <CardHeader className="pb-3">
        <div>
          <CardTitle id="first-steps">{t("title")}</CardTitle>
          <p className="text-secondary text-sm">{next ? t("description") : t("allDone")}</p>
        </div>
        <div className="flex w-24 shrink-0 flex-col items-end gap-1.5 sm:w-40">
          <span className="tabular text-secondary text-xs">
            {t("progress", { done: doneCount, all: steps.length })}
          </span>
          <Meter
            of="progress"
            share={doneCount / steps.length}
            label={t("title")}
            tone={next ? "accent" : "success"}
            className="w-full"
          />
        </div>
      </CardHeader>
      <ol className="border-border border-t">
        {steps.map((step, index) => (
          <Step
            key={step.id}
            number={index + 1}
            id={step.id}
            isDone={step.isDone}
            isOpen={step.id === current}
            onOpen={() => setOpened(step.id)}
            flowName={data.flow?.name ?? ""}
          >
            {bodies[step.id]}
          </Step>
        ))}
      </ol>
      {next ? null : (
        <p className="flex items-center gap-2 border-border border-t px-4 py-3 text-sm text-success">
          <PartyPopper aria-hidden className="size-4" />
          {t("finished")}
        </p>
      )}
    </Card>
  );
}

type StepProps = {
  number: number;
  id: StepId;
  isDone: boolean;
  isOpen: boolean;
  onOpen: () => void;
  flowName: string;
  children: ReactNode;
};

function Step({ number, id, isDone, isOpen, onOpen, flowName, children }: StepProps) {
  const t = useTranslations("home.steps");
  return (
    <li className={cn("border-border border-b last:border-b-0", isOpen && "bg-bg/60")}>
      <h3>
        <button
          type="button"
          aria-expanded={isOpen}
          onClick={onOpen}
          className="flex w-full items-center gap-3 px-4 py-3 text-left font-normal hover:bg-hover/60 focus-visible:-outline-offset-2"
        >
          <span
            aria-hidden
            className={cn(
              "tabular grid size-6 shrink-0 place-items-center rounded-full border font-semibold text-xs",
              isDone
                ? "border-success bg-success-tint text-success"
                : isOpen
                  ? "border-accent text-accent"
                  : "border-border-strong text-secondary",
            )}
          >
            {isDone ? <Check className="size-3.5" strokeWidth={2.5} /> : number}
          </span>
          <span className="min-w-0 flex-1">
            <span className={cn("block font-semibold text-sm", isDone && !isOpen && "text-secondary")}>
              {t(`${id}.title`)}
            </span>
            {isOpen ? (
              <span className="block text-secondary text-sm tracking-normal">
                {t(`${id}.description`, { flow: flowName })}
              </span>
            ) : null}
          </span>
          {isDone ? <span className="text-success text-xs">{t("done")}</span> : null}
        </button>
      </h3>
      {isOpen ? <div className="px-4 pb-4 md:pl-13">{children}</div> : null}
    </li>
  );
}

const StepLink = ({ href, label }: { href: string; label: string }) => (
  <Button asChild variant="primary">
    <Link href={href}>
      {label}
      <ArrowRight aria-hidden />
    </Link>
  </Button>
);
