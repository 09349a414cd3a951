"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Send } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { toast } from "sonner";
import { useFormatter, useTranslations } from "use-intl";
import { RuleBuilder } from "#components/rule-builder/rule-builder.tsx";
import type { Place } from "#components/rule-builder/rule-edits.ts";
import { useSession } from "#components/session/session-provider.tsx";
import { useTRPC } from "#components/trpc-provider/trpc-provider.tsx";
import { useErrorWords } from "#components/trpc-provider/use-error-words.ts";
import { Button } from "#components/ui/button.tsx";
import { Card } from "#components/ui/card.tsx";
import { cn } from "#components/ui/cn.ts";
import { ErrorState } from "#components/ui/error-state.tsx";
import { Input } from "#components/ui/input.tsx";
import { Page, PageHeader } from "#components/ui/page-header.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import type { Rule } from "#flow/rule.ts";
import { CountCard } from "./count-card.tsx";
import { faultyLines, useRuleCount } from "./use-rule-count.ts";
import { useSegmentFields } from "./use-segment-fields.ts";
import { useSendTo } from "./use-send-to.ts";

type Stored = {
  id: string | null;
  name: string;
  rule: Rule;
  revision: number;
  flows: { id: string; name: string; isRunning: boolean }[];
};

const blank: Stored = { id: null, name: "", rule: { all: [] }, revision: 0, flows: [] };

/** A segment that is not there yet. */
export function NewSegmentScreen() {
  return <SegmentForm stored={blank} />;
}

/** A stored segment, to look at and to change. */
export function SegmentScreen({ segmentId }: { segmentId: string }) {
  const t = useTranslations("audiences");
  const trpc = useTRPC();
  const query = useQuery(trpc.audiences.get.queryOptions({ segmentId }, { refetchOnWindowFocus: false }));
  if (query.isError) {
    return (
      <Page>
        <ErrorState title={t("failedTitle")} retryLabel={t("retry")} onRetry={() => query.refetch()}>
          {t("failedBody")}
        </ErrorState>
      </Page>
    );
  }
  if (!query.data) return <SegmentSkeleton />;
  return <SegmentForm key={query.data.revision} stored={query.data} />;
}

function SegmentForm({ stored }: { stored: Stored }) {
  const t = useTranslations("audiences.builder");
  const { can } = useSession();
  const format = useFormatter();
  const [name, setName] = useState(stored.name);
  const [rule, setRule] = useState<Rule>(stored.rule);
  const { fields, fieldOf, isReady } = useSegmentFields();
  const faults = isReady ? faultyLines(rule, fieldOf) : 0;
  const { asked, count, reach, isOld } = useRuleCount(rule, isReady && faults === 0);
  const isChanged = name.trim() !== stored.name || JSON.stringify(rule) !== JSON.stringify(stored.rule);
  const mayEdit = can("edit-audiences");
  const lines = new Map(count.data?.lines.map((line) => [line.at, line]));
  const left = (place: Place) => {
    const line = lines.get(place.join("."));
    if (!line || faults > 0) return null;
    const people = format.number(line.people);
    return <span className={cn(isOld && "opacity-45")}>{line.adds ? t("adds", { people }) : people}</span>;
  };
  return (
    <Page className="max-w-[1040px]">
      <PageHeader
        title={
          <Input
            aria-label={t("name")}
            placeholder={t("namePlaceholder")}
            value={name}
            maxLength={120}
            disabled={!mayEdit}
            onChange={(event) => setName(event.target.value)}
            className="-ml-2.5 h-9 w-[min(560px,80vw)] border-transparent bg-transparent font-semibold text-[20px] hover:border-border-strong"
          />
        }
        description={<Standing stored={stored} isChanged={isChanged} />}
        actions={mayEdit ? <Acts stored={stored} draft={{ name, rule }} isReady={isChanged && faults === 0} /> : null}
      />
      <Card className="mt-4 px-4 py-3.5">
        {isReady ? (
          <RuleBuilder
            label={t("rule")}
            title={t("title")}
            leftTitle={t("left")}
            left={left}
            rule={rule}
            fields={fields}
            onChange={setRule}
            isDisabled={!mayEdit}
          />
        ) : (
          <RuleSkeleton />
        )}
      </Card>
      <CountCard rule={asked} count={count} reach={reach.data} isOld={isOld} faults={faults} />
    </Page>
  );
}

function Standing({ stored, isChanged }: { stored: Stored; isChanged: boolean }) {
  const t = useTranslations("audiences.builder");
  const running = stored.flows.filter((flow) => flow.isRunning).map((flow) => flow.name);
  const parts = [t("standing"), isChanged && stored.id ? t("unsaved") : null].filter((part) => part !== null);
  return (
    <span>
      {parts.join(" · ")}
      {running.length > 0 ? (
        <span className="block">
          {t(isChanged ? "changesRunning" : "startsRunning", { count: running.length, flows: running.join(", ") })}
        </span>
      ) : null}
    </span>
  );
}

type ActsProps = { stored: Stored; draft: { name: string; rule: Rule }; isReady: boolean };

function Acts({ stored, draft, isReady }: ActsProps) {
  const t = useTranslations("audiences.builder");
  const trpc = useTRPC();
  const client = useQueryClient();
  const router = useRouter();
  const errorWords = useErrorWords();
  const sendTo = useSendTo();
  const save = useMutation(
    trpc.audiences.save.mutationOptions({
      onSuccess: async ({ id }) => {
        toast.success(t("saved"));
        await client.invalidateQueries(trpc.audiences.pathFilter());
        if (!stored.id) router.replace(`/audiences/${id}`);
      },
      onError: (error) => toast.error(errorWords(error)),
    }),
  );
  const { id: segmentId, revision } = stored;
  const name = draft.name.trim();
  return (
    <>
      {segmentId ? (
        <Button isBusy={sendTo.isPending} disabled={isReady} onClick={() => sendTo.mutate({ segmentId })}>
          <Send aria-hidden />
          {t("sendTo")}
        </Button>
      ) : null}
      <Button asChild>
        <Link href="/audiences">{t("cancel")}</Link>
      </Button>
      <Button
        variant="primary"
        isBusy={save.isPending}
        disabled={!isReady || name === ""}
        onClick={() => save.mutate({ ...(segmentId && { segmentId }), revision, name, rule: draft.rule })}
      >
        {t("save")}
      </Button>
    </>
  );
}

function RuleSkeleton() {
  return (
    <div className="space-y-3">
      <Skeleton className="h-5 w-56" />
      <Skeleton className="h-8 w-full" />
      <Skeleton className="h-8 w-5/6" />
    </div>
  );
}

function SegmentSkeleton() {
  return (
    <Page className="max-w-[1040px]">
      <Skeleton className="mb-6 h-8 w-72" />
      <Card className="px-4 py-3.5">
        <RuleSkeleton />
      </Card>
    </Page>
  );
}
