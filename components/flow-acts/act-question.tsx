"use client";

import { useFormatter, useTranslations } from "use-intl";
import { AlertDialog } from "#components/ui/alert-dialog.tsx";
import type { ActFlow, StatusAct, useFlowActs } from "./use-flow-acts.ts";

/** These touch people or take something away: they ask once, with the number. */
export const wideActs: readonly StatusAct[] = ["pause", "hold", "archive"];

type ActQuestionProps = {
  act: StatusAct | null;
  flow: ActFlow;
  acts: ReturnType<typeof useFlowActs>;
  onClose: () => void;
};

/** The question before an act that touches people, with their number. */
export function ActQuestion({ act, flow, acts, onClose }: ActQuestionProps) {
  const t = useTranslations("flows");
  const format = useFormatter();
  if (!act) return null;
  const values = { name: flow.name, count: flow.peopleInside, people: format.number(flow.peopleInside) };
  return (
    <AlertDialog
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={t(`ask.${act}.title`, values)}
      description={t(`ask.${act}.body`, values)}
      confirmLabel={t(`ask.${act}.confirm`, values)}
      cancelLabel={t("cancel")}
      isDanger={act !== "pause"}
      onConfirm={() => acts.change(act, flow).catch(() => undefined)}
    />
  );
}
