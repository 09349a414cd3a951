"use client";

import { CircleCheck, RotateCcw, Trash2 } from "lucide-react";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { useSession } from "#components/session/session-provider.tsx";
import { AlertDialog } from "#components/ui/alert-dialog.tsx";
import { Button } from "#components/ui/button.tsx";
import { Checkbox } from "#components/ui/checkbox.tsx";
import type { DeadLetterGroup } from "#server/health/read-dead-letters.ts";
import { DeadLetterRow } from "./dead-letter-row.tsx";
import { Panel, PanelEmpty, PanelTable } from "./panel.tsx";
import { RetrySinceDialog } from "./retry-since-dialog.tsx";
import { useDeadLetterActs } from "./use-dead-letter-acts.ts";

type DeadLettersCardProps = { deadLetters: { total: number; groups: DeadLetterGroup[] } };

const explained = ["where", "cause", "items", "last"] as const;

/** What could not be applied, by where and why: try it again after a repair, or give it up. */
export function DeadLettersCard({ deadLetters: { total, groups } }: DeadLettersCardProps) {
  const t = useTranslations("health.deadLetters");
  const { can } = useSession();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [discarding, setDiscarding] = useState<DeadLetterGroup[] | null>(null);
  const acts = useDeadLetterActs({ onDone: () => setChosen(new Set()) });
  const selected = groups.filter((group) => chosen.has(keyOf(group)));
  const items = selected.reduce((sum, group) => sum + group.items, 0);
  const choose = (keys: string[], isChosen: boolean) =>
    setChosen((before) => new Set(isChosen ? [...before, ...keys] : [...before].filter((key) => !keys.includes(key))));
  const head = (["where", "cause", "items", "last", "acts"] as const).map((name) => ({
    label: t(`columns.${name}`),
    isNumber: name === "items" || name === "last",
    isHidden: name === "acts",
  }));
  const help = {
    about: t("about"),
    terms: explained.map((name) => ({ term: t(`columns.${name}`), text: t(`help.${name}`) })),
  };
  if (total === 0) {
    return (
      <Panel title={t("title")} help={help}>
        <PanelEmpty icon={CircleCheck}>{t("empty")}</PanelEmpty>
      </Panel>
    );
  }
  const aside = (
    <>
      {items > 0 ? (
        <>
          <span className="tabular text-secondary text-sm">{t("selected", { count: items })}</span>
          {can("retry-dead-letters") ? (
            <Button
              size="dense"
              isBusy={acts.retry.isPending}
              onClick={() => acts.retry.mutate({ letterIds: lettersOf(selected) })}
            >
              <RotateCcw aria-hidden />
              {t("retry")}
            </Button>
          ) : null}
          {can("discard-dead-letters") ? (
            <Button size="dense" className="text-danger" onClick={() => setDiscarding(selected)}>
              <Trash2 aria-hidden />
              {t("discard")}
            </Button>
          ) : null}
        </>
      ) : null}
      {can("retry-dead-letters") ? (
        <RetrySinceDialog isBusy={acts.retrySince.isPending} onRetry={(since) => acts.retrySince.mutate({ since })} />
      ) : null}
    </>
  );
  const isAll = selected.length === groups.length;
  return (
    <Panel title={t("title")} count={total} help={help} aside={aside}>
      <PanelTable
        caption={t("caption")}
        head={head}
        lead={
          <Checkbox
            aria-label={t("chooseAll")}
            checked={isAll ? true : selected.length > 0 ? "indeterminate" : false}
            onCheckedChange={() => choose(groups.map(keyOf), !isAll)}
          />
        }
      >
        {groups.map((group) => (
          <DeadLetterRow
            key={keyOf(group)}
            group={group}
            isChosen={chosen.has(keyOf(group))}
            onChoose={(isChosen) => choose([keyOf(group)], isChosen)}
            isBusy={acts.retry.isPending && acts.retry.variables.letterIds[0] === group.letterIds[0]}
            onRetry={() => acts.retry.mutate({ letterIds: lettersOf([group]) })}
            onDiscard={() => setDiscarding([group])}
          />
        ))}
      </PanelTable>
      <DiscardDialog
        groups={discarding}
        onClose={() => setDiscarding(null)}
        onConfirm={(all) => acts.discard.mutate({ letterIds: lettersOf(all) })}
      />
    </Panel>
  );
}

type DiscardDialogProps = {
  groups: DeadLetterGroup[] | null;
  onClose: () => void;
  onConfirm: (groups: DeadLetterGroup[]) => void;
};

function DiscardDialog({ groups, onClose, onConfirm }: DiscardDialogProps) {
  const t = useTranslations("health.deadLetters");
  const common = useTranslations("common");
  const count = (groups ?? []).reduce((sum, group) => sum + group.letterIds.length, 0);
  return (
    <AlertDialog
      open={groups !== null}
      onOpenChange={(isOpen) => (isOpen ? null : onClose())}
      title={t("discardTitle", { count })}
      description={t("discardBody", { count })}
      confirmLabel={t("discardConfirm", { count })}
      cancelLabel={common("cancel")}
      isDanger
      onConfirm={() => onConfirm(groups ?? [])}
    />
  );
}

/** A group is known by its first letter: groups have no id of their own, and a letter is in one group. */
const keyOf = (group: DeadLetterGroup): string => group.letterIds[0] ?? "";

/** As many as one act takes. */
const lettersOf = (groups: DeadLetterGroup[]): string[] => groups.flatMap((group) => group.letterIds).slice(0, 1000);
