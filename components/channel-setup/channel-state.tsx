import { CircleCheck, CirclePause, Send } from "lucide-react";
import { useTranslations } from "use-intl";
import { Chip } from "#components/ui/chip.tsx";
import type { ChannelSummary } from "#server/channel-setup/list-channels.ts";

/** Connected or paused, and whether messages leave by it now. */
export function ChannelState({ channel }: { channel: Pick<ChannelSummary, "status" | "isSending"> }) {
  const t = useTranslations("channelSetup");
  return (
    <span className="flex flex-wrap gap-1.5">
      {channel.isSending ? (
        <Chip tone="accent" icon={Send}>
          {t("sending")}
        </Chip>
      ) : null}
      {channel.status === "connected" ? (
        <Chip tone="success" icon={CircleCheck}>
          {t("connected")}
        </Chip>
      ) : (
        <Chip tone="danger" icon={CirclePause}>
          {t("paused")}
        </Chip>
      )}
    </span>
  );
}
