"use client";

import { useQuery } from "@tanstack/react-query";
import { CloudOff, Headset, type LucideIcon, MessagesSquare, Timer, Workflow } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { useSession } from "#components/session/session-provider.tsx";
import { useTRPC } from "#components/trpc-provider/trpc-provider.tsx";
import { Button } from "#components/ui/button.tsx";
import { Callout } from "#components/ui/callout.tsx";
import type { Overview as Figures } from "#server/home/read-overview.ts";

/** What is happening: four figures, each a way to the people behind it. Renewed every ten seconds. */
export function Overview({ initial }: { initial: Figures }) {
  const trpc = useTRPC();
  const { data, isError, refetch } = useQuery(
    trpc.home.overview.queryOptions(undefined, { initialData: initial, refetchInterval: 10_000 }),
  );
  return (
    <>
      {isError ? <StaleNote onRetry={refetch} /> : null}
      <Cards figures={data} />
    </>
  );
}

function StaleNote({ onRetry }: { onRetry: () => void }) {
  const t = useTranslations("home.overview");
  const common = useTranslations("common");
  const retry = (
    <Button size="dense" onClick={() => onRetry()}>
      {common("retry")}
    </Button>
  );
  return (
    <Callout tone="warning" icon={CloudOff} action={retry}>
      {t("stale")}
    </Callout>
  );
}

function Cards({ figures }: { figures: Figures }) {
  const t = useTranslations("home.overview");
  const format = useFormatter();
  const { can } = useSession();
  const nextMove = figures.nextWakeAt ? format.dateTime(figures.nextWakeAt, "dayTime") : null;
  return (
    <section aria-label={t("label")} className="grid grid-cols-[repeat(auto-fit,minmax(min(200px,45%),1fr))] gap-3">
      <Figure icon={Workflow} href="/flows?status=active" name={t("activeFlows")} value={figures.activeFlows}>
        {t("drafts", { count: figures.draftFlows })}
      </Figure>
      <Figure icon={MessagesSquare} href="/messages" name={t("sentToday")} value={figures.sentToday}>
        {t("receivedAndHeld", { received: figures.receivedToday, held: figures.heldBackToday })}
      </Figure>
      <Figure
        icon={Timer}
        href={can("see-contacts") ? "/contacts" : "/flows"}
        name={t("waitingPeople")}
        value={figures.waitingPeople}
      >
        {nextMove ? t("nextMove", { when: nextMove }) : t("nobodyWaits")}
      </Figure>
      {can("see-hand-offs") ? (
        <Figure icon={Headset} href="/hand-offs" name={t("openHandOffs")} value={figures.openHandOffs}>
          {figures.openHandOffs ? t("urgent", { count: figures.urgentHandOffs }) : t("nothingOpen")}
        </Figure>
      ) : null}
    </section>
  );
}

type FigureProps = { icon: LucideIcon; href: string; name: string; value: number; children: ReactNode };

function Figure({ icon: Icon, href, name, value, children }: FigureProps) {
  const format = useFormatter();
  return (
    <Link
      href={href}
      className="group rounded-lg border border-border bg-surface px-4 py-3 transition-colors hover:border-border-strong"
    >
      <span className="flex items-start gap-2 text-secondary text-sm">
        <Icon aria-hidden className="mt-px size-4 shrink-0 text-tertiary group-hover:text-accent" />
        {name}
      </span>
      <span className="tabular mt-1 block font-semibold text-h1">{format.number(value)}</span>
      <span className="mt-0.5 block text-secondary text-xs">{children}</span>
    </Link>
  );
}
