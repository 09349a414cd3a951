import { Archive, Eye, FilePen, Hand, type LucideIcon, Pause, Play } from "lucide-react";
import { useTranslations } from "use-intl";
import { Chip, type Tone } from "#components/ui/chip.tsx";
import type { FlowRow } from "./flow-row.ts";

const looks: Record<FlowRow["status"], { tone: Tone; icon: LucideIcon }> = {
  draft: { tone: "neutral", icon: FilePen },
  "in-review": { tone: "info", icon: Eye },
  active: { tone: "success", icon: Play },
  paused: { tone: "warning", icon: Pause },
  held: { tone: "danger", icon: Hand },
  archived: { tone: "neutral", icon: Archive },
};

/** A flow's status as icon, word and colour. */
export function FlowStatusChip({ status }: { status: FlowRow["status"] }) {
  const t = useTranslations("flows.status");
  return (
    <Chip tone={looks[status].tone} icon={looks[status].icon}>
      {t(status)}
    </Chip>
  );
}
