import {
  BadgeCheck,
  CirclePause,
  CirclePlay,
  CircleX,
  FileCheck,
  FileClock,
  FileUp,
  FileWarning,
  FileX,
  FlaskConical,
  KeyRound,
  type LucideIcon,
  MailWarning,
  MessageSquareText,
  PencilLine,
  PhoneOff,
  Rocket,
  Tags,
  TrendingDown,
  Undo2,
} from "lucide-react";
import type { NotificationKind } from "#server/notifications/kinds.ts";

type Tone = "accent" | "success" | "warning" | "danger" | "neutral";

/** What each kind looks like: a colour says at a glance whether it asks for something, went well or went wrong. */
export const kindIcons: Record<NotificationKind, { icon: LucideIcon; tone: Tone }> = {
  "approval-asked": { icon: BadgeCheck, tone: "accent" },
  "approval-commented": { icon: MessageSquareText, tone: "neutral" },
  "approval-changes-requested": { icon: PencilLine, tone: "warning" },
  "approval-approved": { icon: BadgeCheck, tone: "success" },
  "approval-rejected": { icon: CircleX, tone: "danger" },
  "approval-withdrawn": { icon: Undo2, tone: "neutral" },
  "sending-held": { icon: CirclePause, tone: "danger" },
  "sending-released": { icon: CirclePlay, tone: "success" },
  "template-approved": { icon: FileCheck, tone: "success" },
  "template-rejected": { icon: FileX, tone: "danger" },
  "template-paused": { icon: FileClock, tone: "warning" },
  "template-disabled": { icon: FileWarning, tone: "danger" },
  "template-category-changed": { icon: Tags, tone: "warning" },
  "template-quality-dropped": { icon: TrendingDown, tone: "warning" },
  "channel-refused": { icon: KeyRound, tone: "danger" },
  "channel-restricted": { icon: PhoneOff, tone: "danger" },
  "import-done": { icon: FileUp, tone: "success" },
  "flow-published": { icon: Rocket, tone: "success" },
  "flow-not-published": { icon: CircleX, tone: "danger" },
  "flow-rolled-back": { icon: Undo2, tone: "warning" },
  "experiment-verdict": { icon: FlaskConical, tone: "accent" },
  "dead-letters": { icon: MailWarning, tone: "warning" },
};

export const toneClasses: Record<Tone, string> = {
  accent: "bg-accent-tint text-accent",
  success: "bg-success-tint text-success",
  warning: "bg-warning-tint text-warning",
  danger: "bg-danger-tint text-danger",
  neutral: "bg-sunken text-secondary",
};
