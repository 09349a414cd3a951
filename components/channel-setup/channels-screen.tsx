"use client";

import { useQuery } from "@tanstack/react-query";
import { Plus, Unplug } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "use-intl";
import { useSession } from "#components/session/session-provider.tsx";
import { useTRPC } from "#components/trpc-provider/trpc-provider.tsx";
import { Button } from "#components/ui/button.tsx";
import { Card } from "#components/ui/card.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { Page, PageHeader } from "#components/ui/page-header.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import type { ChannelSummary } from "#server/channel-setup/list-channels.ts";
import { ChannelState } from "./channel-state.tsx";

/** The workspace's WhatsApp numbers; each opens its own page. */
export function ChannelsScreen() {
  const t = useTranslations("channelSetup");
  const { can } = useSession();
  const trpc = useTRPC();
  const query = useQuery(trpc.channelSetup.list.queryOptions());
  const connect = can("manage-channels") ? (
    <Button asChild variant="primary">
      <Link href="/channels/connect">
        <Plus aria-hidden />
        {t("connect")}
      </Link>
    </Button>
  ) : null;
  return (
    <Page className="max-w-[1000px]">
      <PageHeader title={t("title")} description={t("description")} actions={connect} />
      <div className="mt-4 space-y-3">
        {query.isPending ? <Skeleton className="h-24 w-full" /> : null}
        {query.isError ? (
          <ErrorState title={t("failedTitle")} retryLabel={t("retry")} onRetry={() => query.refetch()} />
        ) : null}
        {query.data?.length === 0 ? (
          <EmptyState icon={Unplug} title={t("emptyTitle")} action={connect}>
            {t("emptyBody")}
          </EmptyState>
        ) : null}
        {query.data?.map((channel) => (
          <ChannelLine key={channel.id} channel={channel} />
        ))}
      </div>
    </Page>
  );
}

function ChannelLine({ channel }: { channel: ChannelSummary }) {
  const t = useTranslations("channelSetup");
  return (
    <Card className="relative flex flex-wrap items-center gap-x-6 gap-y-2 p-4 transition-colors hover:border-border-strong">
      <div className="min-w-0 flex-1 basis-64">
        <p className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
          <Link href={`/channels/${channel.id}`} className="tabular font-semibold after:absolute after:inset-0">
            {channel.phone}
          </Link>
          <span className="text-secondary text-sm">{channel.name}</span>
        </p>
        <p className="mt-0.5 text-secondary text-sm">
          {[
            t(channel.isSandbox ? "atSandbox" : "atMeta"),
            t("perSecond", { count: channel.messagesPerSecond }),
            channel.peoplePerDay === null ? t("peopleNotKnown") : t("people", { count: channel.peoplePerDay }),
          ].join(" · ")}
        </p>
      </div>
      <ChannelState channel={channel} />
    </Card>
  );
}
