"use client";

import { useQuery } from "@tanstack/react-query";
import { Languages, MessageSquareText, Tag } from "lucide-react";
import Link from "next/link";
import { useFormatter, useLocale, useTranslations } from "use-intl";
import type { Approval } from "#components/approval-ask/approval.ts";
import { stateLooks } from "#components/approval-ask/state-looks.ts";
import { languageName } from "#components/template-words/language-name.ts";
import { useTRPC } from "#components/trpc-provider/trpc-provider.tsx";
import { TryOnPhone } from "#components/try-on-phone/try-on-phone.tsx";
import { Button } from "#components/ui/button.tsx";
import { Chip } from "#components/ui/chip.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { ActionBar } from "./action-bar.tsx";
import { ApproversCard } from "./approvers-card.tsx";
import { CommentOnly } from "./comment-field.tsx";
import { CommentsCard } from "./comments-card.tsx";
import { FindingsCard } from "./findings-card.tsx";
import { FlowChange } from "./flow-change.tsx";
import { GoingCard } from "./going-card.tsx";
import { OutcomeNote } from "./outcome-note.tsx";
import { PlaceThread } from "./place-thread.tsx";
import { ReachCard } from "./reach-card.tsx";
import { TemplateChange } from "./template-change.tsx";
import { useApprovalActs } from "./use-approval-acts.ts";
import { usePlaces } from "./use-places.ts";

/** One request: why, what changes, for whom, what the checks say, who decides. */
export function ApprovalDetail({ approvalId }: { approvalId: string }) {
  const t = useTranslations("approvals");
  const trpc = useTRPC();
  const query = useQuery(trpc.approvals.get.queryOptions({ approvalId }, { refetchInterval: 5_000 }));
  if (query.data) return <Opened approval={query.data} />;
  const code = query.error?.data?.code;
  if (code === "NOT_FOUND" || code === "BAD_REQUEST")
    return (
      <EmptyState icon={Tag} title={t("missingTitle")} className="m-6">
        {t("missingBody")}
      </EmptyState>
    );
  if (query.isError)
    return (
      <ErrorState className="m-6" title={t("failedTitle")} retryLabel={t("retry")} onRetry={() => query.refetch()} />
    );
  return (
    <div className="grid gap-6 p-6 xl:grid-cols-[minmax(0,1fr)_364px]">
      <Skeleton className="h-[480px]" />
      <Skeleton className="h-[480px]" />
    </div>
  );
}

function Opened({ approval }: { approval: Approval }) {
  const acts = useApprovalActs(approval);
  const { snapshot, before, beforeVersion, version } = approval;
  const places = usePlaces(approval);
  const threadAt = (place: string) => {
    const name = places.find((one) => one.id === place)?.name;
    return name ? <PlaceThread {...{ approval, acts, place, name }} /> : null;
  };
  const countAt = (place: string) =>
    approval.comments.filter((comment) => comment.place === place && comment.resolvedAt === null).length;
  return (
    <>
      <div className="flex-1 px-4 pt-4 pb-8 md:px-6">
        <Head approval={approval} />
        <div className="mt-4 grid items-start gap-6 xl:grid-cols-[minmax(0,1fr)_364px]">
          {snapshot.kind === "template" ? (
            <TemplateChange
              before={before?.kind === "template" ? before : null}
              after={snapshot}
              versions={{ before: beforeVersion, after: version }}
              onPlace={threadAt}
              countAt={countAt}
            />
          ) : (
            <div className="min-w-0">
              <FlowChange
                before={before?.kind === "flow" ? before.graph : null}
                after={snapshot.graph}
                onStep={(id) => threadAt(id)}
              />
              <GoingCard approval={approval} graph={snapshot.graph} />
            </div>
          )}
          <div className="min-w-0 space-y-5">
            <OutcomeNote approval={approval} />
            <ReachCard approval={approval} />
            <FindingsCard approval={approval} />
            <ApproversCard approval={approval} />
            <CommentsCard approval={approval} />
            {approval.hindrance === null ? null : <CommentOnly approval={approval} acts={acts} />}
          </div>
        </div>
      </div>
      <ActionBar approval={approval} acts={acts} />
    </>
  );
}

function Head({ approval }: { approval: Approval }) {
  const t = useTranslations("approvals");
  const { snapshot, subject, subjectId, state } = approval;
  return (
    <header>
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-2">
        <div className="min-w-0">
          <div className="flex flex-wrap items-center gap-2">
            <h2 className="min-w-0 text-h1 [overflow-wrap:anywhere]">{snapshot.name}</h2>
            <Chip tone="accent">{t("versionChip", { number: approval.version })}</Chip>
            <KindChip approval={approval} />
            {state === "open" ? null : (
              <Chip tone={stateLooks[state].tone} icon={stateLooks[state].icon}>
                {t(`states.${state}`)}
              </Chip>
            )}
          </div>
          <Byline approval={approval} />
        </div>
        <span className="flex flex-wrap gap-2">
          <TryOnPhone what={{ approvalId: approval.id }} />
          <Button asChild>
            <Link href={subject === "flow" ? `/flows/${subjectId}` : `/templates/${subjectId}`}>
              {t(`openSubject.${subject}`)}
            </Link>
          </Button>
        </span>
      </div>
      <p className="mt-3 flex items-start gap-2.5 rounded-lg bg-sunken px-4 py-2.5 text-sm">
        <MessageSquareText aria-hidden className="mt-px size-4 shrink-0 text-secondary" />
        <span className="min-w-0 [overflow-wrap:anywhere]">
          <span className="font-semibold">{t("why")}</span> {approval.why}
        </span>
      </p>
    </header>
  );
}

function KindChip({ approval: { snapshot } }: { approval: Approval }) {
  const categories = useTranslations("templates.category");
  const purposes = useTranslations("flowEditor.settings.purposes");
  return (
    <Chip>
      {snapshot.kind === "template"
        ? categories(snapshot.category)
        : purposes(`${snapshot.graph.settings.purpose}.name`)}
    </Chip>
  );
}

function Byline({ approval }: { approval: Approval }) {
  const t = useTranslations("approvals");
  const locale = useLocale();
  const format = useFormatter();
  const { snapshot, isAskedByMe, askedBy, askedAt } = approval;
  const when = () => <RelativeTime date={askedAt} />;
  return (
    <p className="mt-0.5 flex flex-wrap items-center gap-x-4 text-secondary text-sm">
      <span>{isAskedByMe ? t.rich("byYou", { when }) : t.rich("by", { name: askedBy, when })}</span>
      {snapshot.kind === "template" ? (
        <span className="inline-flex items-center gap-1.5">
          <Languages aria-hidden className="size-4" />
          {format.list(snapshot.languages.map((one) => languageName(one.language, locale)))}
        </span>
      ) : null}
    </p>
  );
}
