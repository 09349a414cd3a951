"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { CircleHelp, Info, Workflow } from "lucide-react";
import { parseAsInteger, parseAsString, useQueryStates } from "nuqs";
import { useTranslations } from "use-intl";
import { useTRPC } from "#components/trpc-provider/trpc-provider.tsx";
import { Button } from "#components/ui/button.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { ContactFrame } from "../contact-frame.tsx";
import { FlowCard } from "./flow-card.tsx";
import { OtherMessages } from "./other-messages.tsx";
import { longestDays, periods } from "./periods.ts";
import { Question } from "./question.tsx";
import { QuietFlows } from "./quiet-flows.tsx";
import { StandingStrip } from "./standing-strip.tsx";
import { type Answer, useWhyWords } from "./use-why-words.ts";

/** "Why?" of one person: the question in the address, and below it one card a flow. */
export function WhyScreen({ contactId }: { contactId: string }) {
  return (
    <ContactFrame contactId={contactId} current="why" skeleton={<Loading />}>
      {({ contact }, name) => <Why contactId={contactId} name={contact.firstName ?? name} />}
    </ContactFrame>
  );
}

const filters = { days: parseAsInteger.withDefault(7), flow: parseAsString, message: parseAsString };

function Why({ contactId, name }: { contactId: string; name: string }) {
  const t = useTranslations("why");
  const trpc = useTRPC();
  const [asked, setAsked] = useQueryStates(filters);
  const days = Math.min(Math.max(asked.days, 1), longestDays);
  const input = { contactId, days, flowId: asked.flow ?? undefined, messageId: asked.message ?? undefined };
  const query = useQuery(
    trpc.explain.contact.queryOptions(input, {
      refetchInterval: 10_000,
      retry: false,
      placeholderData: keepPreviousData,
    }),
  );
  const flows = useQuery(trpc.explain.flows.queryOptions());
  const isLost = query.error?.data?.code === "NOT_FOUND" || query.error?.data?.code === "BAD_REQUEST";
  return (
    <>
      <Question
        asked={{ ...asked, days }}
        onAsk={setAsked}
        flows={flows.data ?? []}
        answer={query.isError ? undefined : query.data}
        name={name}
      />
      {query.isError ? (
        <ErrorState
          title={isLost ? t("notFoundTitle") : t("failedTitle")}
          retryLabel={isLost ? t("showAll") : t("retry")}
          onRetry={() => (isLost ? setAsked({ flow: null, message: null, days: null }) : query.refetch())}
        />
      ) : query.data ? (
        <Cards
          answer={query.data}
          flowNames={new Map(flows.data?.map((flow) => [flow.id, flow.name]))}
          name={name}
          days={days}
          onLook={(longer) => setAsked({ days: longer })}
        />
      ) : (
        <Loading />
      )}
    </>
  );
}

type NothingProps = { answer: Answer; name: string; days: number; onLook: (days: number) => void };
type CardsProps = NothingProps & { flowNames: ReadonlyMap<string, string> };

function Cards({ answer, flowNames, name, days, onLook }: CardsProps) {
  const t = useTranslations("why");
  const told = answer.flows.filter((flow) => flow.attempts.length > 0);
  const quiet = answer.flows.filter((flow) => flow.attempts.length === 0);
  return (
    <div className="space-y-3">
      <StandingStrip answer={answer} />
      {told.length === 0 && answer.otherMessages.length === 0 ? (
        <Nothing answer={answer} name={name} days={days} onLook={onLook} />
      ) : null}
      {told.map((flow) => (
        <FlowCard key={flow.id} subject={{ flow, name, flowNames, contactId: answer.contact.id }} />
      ))}
      {answer.otherMessages.length > 0 ? <OtherMessages answer={answer} /> : null}
      {quiet.length > 0 ? <QuietFlows flows={quiet} name={name} /> : null}
      {answer.hasMore ? <Callout icon={Info}>{t("more")}</Callout> : null}
    </div>
  );
}

function Nothing({ answer: { flows, lastEvent, to }, name, days, onLook }: NothingProps) {
  const t = useTranslations("why");
  const words = useWhyWords();
  if (flows.length === 0) {
    return (
      <EmptyState icon={Workflow} title={t("noFlowsTitle")}>
        {t("noFlowsBody")}
      </EmptyState>
    );
  }
  // As far back as the last event, by the steps that the picker has.
  const ageDays = lastEvent ? (to.getTime() - lastEvent.at.getTime()) / 86_400_000 : 0;
  const longer = periods.find((period) => period > days && period >= ageDays);
  return (
    <EmptyState
      icon={CircleHelp}
      title={t("nothingTitle", { name })}
      action={
        lastEvent && longer ? <Button onClick={() => onLook(longer)}>{t("look", { count: longer })}</Button> : undefined
      }
    >
      {lastEvent ? t("nothingBody", { event: lastEvent.name, date: words.moment(lastEvent.at) }) : t("nothingEver")}
    </EmptyState>
  );
}

function Loading() {
  return (
    <div className="space-y-3">
      <Skeleton className="h-8 w-full max-w-2xl" />
      <Skeleton className="h-52" />
      <Skeleton className="h-40" />
    </div>
  );
}
