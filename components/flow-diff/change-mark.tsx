import { useTranslations } from "use-intl";
import { changeLooks } from "#components/flow-words/change-looks.ts";
import { Chip } from "#components/ui/chip.tsx";
import type { ChangeKind } from "./overlay-graphs.ts";

/** How the border of what is drawn tells what became of it; its mark says it in words. */
export const changeFrames: Record<ChangeKind, string> = {
  same: "border-border",
  added: "border-success shadow-[0_0_0_3px_color-mix(in_srgb,var(--success)_16%,transparent)]",
  removed: "border-danger border-dashed bg-danger-tint/60",
  changed: "border-warning shadow-[0_0_0_3px_color-mix(in_srgb,var(--warning)_16%,transparent)]",
};

/** On the corner of what came, went or changed. */
export function ChangeMark({ kind }: { kind: ChangeKind }) {
  const t = useTranslations("flowEditor.changes.kinds");
  if (kind === "same") return null;
  const { tone, icon } = changeLooks[kind];
  return (
    <Chip tone={tone} icon={icon} className="absolute -top-4 -right-2 ring-2 ring-bg">
      {t(kind)}
    </Chip>
  );
}
