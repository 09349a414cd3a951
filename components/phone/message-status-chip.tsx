import {
  Check,
  CheckCheck,
  CircleHelp,
  CircleX,
  Clock,
  CornerDownLeft,
  type LucideIcon,
  Send,
  ShieldX,
} from "lucide-react";
import { useTranslations } from "use-intl";
import { Chip, type Tone } from "#components/ui/chip.tsx";

export type MessageStatus =
  | "queued"
  | "sending"
  | "sent"
  | "delivered"
  | "read"
  | "failed"
  | "skipped"
  | "unknown"
  | "received";

const looks: Record<MessageStatus, { tone: Tone; icon: LucideIcon }> = {
  queued: { tone: "neutral", icon: Clock },
  sending: { tone: "neutral", icon: Send },
  sent: { tone: "neutral", icon: Check },
  delivered: { tone: "info", icon: CheckCheck },
  read: { tone: "success", icon: CheckCheck },
  failed: { tone: "danger", icon: CircleX },
  skipped: { tone: "warning", icon: ShieldX },
  unknown: { tone: "warning", icon: CircleHelp },
  received: { tone: "accent", icon: CornerDownLeft },
};

/** A message's status as icon, word and colour: the same everywhere. */
export function MessageStatusChip({ status }: { status: MessageStatus }) {
  const t = useTranslations("messageStatus");
  return (
    <Chip tone={looks[status].tone} icon={looks[status].icon}>
      {t(status)}
    </Chip>
  );
}
