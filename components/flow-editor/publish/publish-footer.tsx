"use client";

import { CalendarClock } from "lucide-react";
import { useFormatter, useTranslations } from "use-intl";
import { MoveSentence } from "#components/move-people/move-table.tsx";
import type { MoveChoices } from "#components/move-people/use-move-plan.ts";
import { Button } from "#components/ui/button.tsx";
import { useEditorWorld } from "../editor-world.tsx";
import type { useGoLive } from "./use-go-live.ts";
import type { When } from "./when-field.tsx";

type PublishFooterProps = {
  live: ReturnType<typeof useGoLive>;
  blocking: number;
  /** Test cases that come out otherwise. */
  failing: number;
  choices: MoveChoices;
  when: When;
  why: string;
  onClose: () => void;
};

/** The decision in one sentence, and the button that names the act and its time. */
export function PublishFooter({ live, blocking, failing, choices, when, why, onClose }: PublishFooterProps) {
  const t = useTranslations("flowEditor.publish");
  const common = useTranslations("common");
  const { running } = useEditorWorld();
  const label = useActLabel(live.step, when.moment);
  const isLate = when.when === "later" && when.moment === null;
  // People are asked about before anything is: a plan that nobody could see would be decided blindly.
  const isReading = running !== null && !live.inside.data;
  const act = () => {
    const at = when.moment;
    if (live.step === "ask") return live.askApproval({ why: why.trim(), plan: choices.plan, at });
    return at ? live.schedule(at) : live.publish();
  };
  return (
    <>
      <p id="publish-note" className="mr-auto min-w-0 text-sm">
        {blocking > 0 ? (
          <span className="text-danger">{t("blocked", { count: blocking })}</span>
        ) : failing > 0 ? (
          <span className="text-danger">{t("casesFail", { count: failing })}</span>
        ) : live.inside.data?.length && !live.standing?.isLive ? (
          <MoveSentence choices={choices} />
        ) : null}
      </p>
      <Button onClick={onClose}>{common("cancel")}</Button>
      {live.step === "waiting" ? null : (
        <Button
          variant="primary"
          isBusy={live.isBusy}
          disabled={blocking + failing > 0 || isLate || isReading || (live.step === "ask" && why.trim() === "")}
          aria-describedby="publish-note"
          onClick={act}
        >
          {when.moment && live.step === "go" ? <CalendarClock aria-hidden /> : null}
          {label}
        </Button>
      )}
    </>
  );
}

function useActLabel(step: "ask" | "waiting" | "go", at: Date | null): string {
  const t = useTranslations("flowEditor.publish");
  const ask = useTranslations("approvals.ask");
  const format = useFormatter();
  if (step === "ask") return ask("button");
  if (!at) return t("now");
  const day = { weekday: "short", day: "numeric", month: "short" } as const;
  return t("scheduleFor", {
    at: format.dateTime(at, { ...day, hour: "2-digit", minute: "2-digit", hourCycle: "h23" }),
  });
}
