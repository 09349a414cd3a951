"use client";

import {
  CircleCheck,
  CircleDashed,
  CircleDot,
  CircleSlash,
  Hourglass,
  type LucideIcon,
  Scale,
  ShieldAlert,
  Undo2,
} from "lucide-react";
import { useTranslations } from "use-intl";
import { Chip, type Tone } from "#components/ui/chip.tsx";

export type VerdictState = "not-enough" | "unhealthy" | "running" | "ship" | "rollback" | "review";
export type ExperimentState = "draft" | "running" | "stopped" | "decided";

const looks: Record<VerdictState, { tone: Tone; icon: LucideIcon }> = {
  "not-enough": { tone: "neutral", icon: Hourglass },
  unhealthy: { tone: "danger", icon: ShieldAlert },
  running: { tone: "accent", icon: CircleDot },
  ship: { tone: "success", icon: CircleCheck },
  rollback: { tone: "danger", icon: Undo2 },
  review: { tone: "warning", icon: Scale },
};

const overLooks: Record<Exclude<ExperimentState, "running">, { tone: Tone; icon: LucideIcon }> = {
  draft: { tone: "neutral", icon: CircleDashed },
  stopped: { tone: "neutral", icon: CircleSlash },
  decided: { tone: "success", icon: CircleCheck },
};

/** What there is to do about an experiment, in two words; of one that does not run, that. */
export function VerdictChip({ state, verdict }: { state: ExperimentState; verdict: VerdictState | null }) {
  const t = useTranslations("experiments");
  if (state !== "running") return <Chip {...overLooks[state]}>{t(`states.${state}`)}</Chip>;
  const shown = verdict ?? "not-enough";
  return <Chip {...looks[shown]}>{t(`verdicts.${shown}`)}</Chip>;
}
