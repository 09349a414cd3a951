import {
  Ban,
  CircleCheck,
  CircleDashed,
  CirclePause,
  CircleX,
  Clock,
  type LucideIcon,
  RotateCcw,
  Users,
  UserX,
} from "lucide-react";
import { useLocale, useTranslations } from "use-intl";
import { Chip, type Tone } from "#components/ui/chip.tsx";
import { cn } from "#components/ui/cn.ts";
import { Tooltip } from "#components/ui/tooltip.tsx";
import type { TemplateStatus } from "#flow/template.ts";
import { languageName } from "./language-name.ts";

const looks: Record<TemplateStatus, { tone: Tone; icon: LucideIcon; tag: string }> = {
  draft: { tone: "neutral", icon: CircleDashed, tag: "border-dashed border-border-strong text-secondary" },
  "in-review": { tone: "accent", icon: Users, tag: "border-accent-border bg-accent-tint text-accent" },
  "changes-requested": {
    tone: "warning",
    icon: RotateCcw,
    tag: "border-warning-border bg-warning-tint text-warning",
  },
  declined: { tone: "danger", icon: UserX, tag: "border-danger-border bg-danger-tint text-danger" },
  submitted: { tone: "info", icon: Clock, tag: "border-info-border bg-info-tint text-info" },
  approved: { tone: "success", icon: CircleCheck, tag: "border-border bg-surface text-ink" },
  rejected: { tone: "danger", icon: CircleX, tag: "border-danger-border bg-danger-tint text-danger" },
  paused: { tone: "warning", icon: CirclePause, tag: "border-warning-border bg-warning-tint text-warning" },
  disabled: { tone: "danger", icon: Ban, tag: "border-danger-border bg-danger-tint text-danger" },
};

/** A template's status as icon, word and colour. */
export function TemplateStatusChip({ status }: { status: TemplateStatus }) {
  const t = useTranslations("templates.status");
  return (
    <Chip tone={looks[status].tone} icon={looks[status].icon}>
      {t(status)}
    </Chip>
  );
}

type LanguageTagProps = { language: string; status: TemplateStatus; reason?: string | null };

/** A language by its code: plain when approved, else with the icon of its status. Says all in words on hover and to readers. */
export function LanguageTag({ language, status, reason }: LanguageTagProps) {
  const t = useTranslations("templates");
  const locale = useLocale();
  const { icon: Icon, tag } = looks[status];
  const words = t("languageStatus", { language: languageName(language, locale), status: t(`status.${status}`) });
  return (
    <Tooltip text={reason ? `${words}. ${reason}` : words}>
      <span
        className={cn("relative inline-flex h-5 items-center gap-1 rounded-xs border px-1.5 font-medium text-xs", tag)}
      >
        <span aria-hidden>{language}</span>
        <span className="sr-only">{words}</span>
        {status === "approved" ? null : <Icon aria-hidden className="size-3" />}
      </span>
    </Tooltip>
  );
}

/** What the tags mean, under the table. */
export function LanguageLegend() {
  const t = useTranslations("templates");
  const shown: TemplateStatus[] = ["approved", "submitted", "paused", "rejected", "draft"];
  return (
    <ul className="flex flex-wrap gap-x-4 gap-y-1.5 text-secondary text-xs">
      {shown.map((status) => {
        const { icon: Icon, tag } = looks[status];
        return (
          <li key={status} className="inline-flex items-center gap-1.5">
            <span
              aria-hidden
              className={cn("inline-flex h-5 items-center gap-1 rounded-xs border px-1.5 font-medium", tag)}
            >
              fr
              {status === "approved" ? null : <Icon className="size-3" />}
            </span>
            {t(`status.${status}`)}
          </li>
        );
      })}
    </ul>
  );
}
