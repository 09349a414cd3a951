"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { toast } from "sonner";
import { useTranslations } from "use-intl";
import { useTRPC } from "#components/trpc-provider/trpc-provider.tsx";
import { useErrorWords } from "#components/trpc-provider/use-error-words.ts";
import { Card, CardBody, CardHeader, CardTitle } from "#components/ui/card.tsx";
import { RadioGroup } from "#components/ui/radio-group.tsx";
import type { ChannelSummary } from "#server/channel-setup/list-channels.ts";

const ways = ["usual", "fallback", "strict"] as const;
type Way = (typeof ways)[number];

/** Which of WhatsApp's two ways marketing messages of this number take. What is chosen holds from the next message on. */
export function MarketingCard({ channel }: { channel: Pick<ChannelSummary, "id" | "marketingEndpoint"> }) {
  const t = useTranslations("channelSetup.marketing");
  const errorWords = useErrorWords();
  const trpc = useTRPC();
  const client = useQueryClient();
  const choose = useMutation(
    trpc.channelSetup.setMarketingEndpoint.mutationOptions({
      onSuccess: () => toast.success(t("changed")),
      onError: (error) => toast.error(errorWords(error)),
      onSettled: () => client.invalidateQueries(trpc.channelSetup.pathFilter()),
    }),
  );
  // While it is being stored the choice is shown as made.
  const stored = choose.isPending ? choose.variables.endpoint : channel.marketingEndpoint;
  const set = (way: Way) => choose.mutate({ channelId: channel.id, endpoint: way === "usual" ? null : way });
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t("title")}</CardTitle>
      </CardHeader>
      <CardBody className="space-y-3">
        <p className="text-secondary text-sm">{t("body")}</p>
        <RadioGroup
          aria-label={t("title")}
          value={stored ?? "usual"}
          onValueChange={(way) => set(way as Way)}
          options={ways.map((way) => ({ value: way, label: t(`${way}.name`), help: t(`${way}.help`) }))}
        />
      </CardBody>
    </Card>
  );
}
