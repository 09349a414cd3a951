"use client";

import { useQuery } from "@tanstack/react-query";
import { Headset, type LucideIcon, MessagesSquare, Timer, Workflow } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { useSession } from "#components/session/session-provider.tsx";
import { useTRPC } from "#components/trpc-provider/trpc-provider.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import type { Overview as Figures } from "#server/home/read-overview.ts";

/** What is happening: four figures, each a way to the people behind it. Renewed every ten seconds. */
export function Overview() {
  const t = useTranslations("home.overview");
  const common = useTranslations("common");
  const trpc = useTRPC();
  const { data, isError, refetch } = useQuery(trpc.home.overview.queryOptions(undefined, { refetchInterval: 10_000 }));
  if (isError && !data) {
    return (
      <ErrorState title={t("failed")} retryLabel={common("retry")} onRetry={() => refetch()}>
        {common("networkFailed")}
      </ErrorState>
    );
  }
  return <Cards figures={data} />;
}

function Cards({ figures }: { figures: Figures | undefined }) {
  const t = useTranslations("home.overview");
  const format = useFormatter();
  const { can } = useSession();
  const nextMove = figures?.nextWakeAt ? format.dateTime(figures.nextWakeAt, "dayTime") : null;
  return (
    <section aria-label={t("label")} className="grid grid-cols-2 gap-3 xl:grid-cols-4">
      <Figure icon={Workflow} href="/flows?status=active" name={t("activeFlows")} value={figures?.activeFlows}>
        {figures ? t("drafts", { count: figures.draftFlows }) : null}
      </Figure>
      <Figure icon={MessagesSquare} href="/messages" name={t("sentToday")} value={figures?.sentToday}>
        {figures ? t("receivedAndHeld", { received: figures.receivedToday, held: figures.heldBackToday }) : null}
      </Figure>
      <Figure
        icon={Timer}
        href={can("see-contacts") ? "/contacts" : "/flows"}
        name={t("waitingPeople")}
        value={figures?.waitingPeople}
      >
        {figures ? (nextMove ? t("nextMove", { when: nextMove }) : t("nobodyWaits")) : null}
      </Figure>
      {can("see-hand-offs") ? (
        <Figure icon={Headset} href="/hand-offs" name={t("openHandOffs")} value={figures?.openHandOffs}>
          {figures ? (figures.openHandOffs ? t("urgent", { count: figures.urgentHandOffs }) : t("nothingOpen")) : null}
        </Figure>
      ) : null}
    </section>
  );
}

type FigureProps = { icon: LucideIcon; href: string; name: string; value: number | undefined; children: ReactNode };

function Figure({ icon: Icon, href, name, value, children }: FigureProps) {
  const format = useFormatter();
  return (
    <Link
      href={href}
      className="group rounded-lg border border-border bg-surface px-4 py-3 transition-colors hover:border-border-strong"
    >
      <span className="flex items-center gap-2 text-secondary text-sm">
        <Icon aria-hidden className="size-4 text-tertiary group-hover:text-accent" />
        {name}
      </span>
      {value === undefined ? (
        <>
          <Skeleton className="mt-2 h-6 w-14" />
          <Skeleton className="mt-2 h-3.5 w-32" />
        </>
      ) : (
        <>
          <span className="tabular mt-1 block font-semibold text-h1">{format.number(value)}</span>
          <span className="mt-0.5 block text-secondary text-xs">{children}</span>
        </>
      )}
    </Link>
  );
}
