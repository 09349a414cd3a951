"use client";

import { CircleCheck, CircleX, Play, RefreshCw, Trash2 } from "lucide-react";
import { useState } from "react";
import { toast } from "sonner";
import { useTranslations } from "use-intl";
import { useErrorWords } from "#components/trpc-provider/use-error-words.ts";
import { AlertDialog } from "#components/ui/alert-dialog.tsx";
import { Button } from "#components/ui/button.tsx";
import { cn } from "#components/ui/cn.ts";
import { IconButton } from "#components/ui/icon-button.tsx";
import { Popover } from "#components/ui/popover.tsx";
import { type FlowCase, type OutcomeName, outcomesOf, playCase } from "#flow/flow-case.ts";
import { useEditor } from "../../editor-state/editor-context.tsx";
import { useEditorWorld } from "../../editor-world.tsx";
import { type PlayedCase, useCases } from "./use-cases.ts";
import { useOutcomeWords } from "./use-outcome-words.ts";

/** "6 of 6 cases pass": opens the list; a failed one says what was expected and what came out. */
export function CasesButton({ onPlay }: { onPlay: (kept: Pick<FlowCase, "start" | "actions">) => void }) {
  const t = useTranslations("flowEditor.test.cases");
  const { cases, failing, ...acts } = useCases();
  const [isOpen, setOpen] = useState(false);
  if (cases.length === 0) return null;
  const isGood = failing.length === 0;
  return (
    <Popover
      open={isOpen}
      onOpenChange={setOpen}
      align="end"
      className="max-h-[70vh] w-[440px] overflow-y-auto p-0"
      trigger={
        <Button size="dense" variant="quiet" className={isGood ? "text-ink" : "text-danger hover:text-danger"}>
          {isGood ? <CircleCheck aria-hidden className="text-success" /> : <CircleX aria-hidden />}
          {t("pass", { passing: cases.length - failing.length, all: cases.length })}
        </Button>
      }
    >
      <ul className="divide-y divide-border">
        {cases.map((one) => (
          <CaseRow
            key={one.id}
            one={one}
            acts={acts}
            onPlay={() => {
              onPlay(one);
              setOpen(false);
            }}
          />
        ))}
      </ul>
    </Popover>
  );
}

type Acts = Pick<ReturnType<typeof useCases>, "save" | "remove" | "isBusy">;

function CaseRow({ one, acts, onPlay }: { one: PlayedCase; acts: Acts; onPlay: () => void }) {
  const t = useTranslations("flowEditor.test.cases");
  const common = useTranslations("common");
  const errorWords = useErrorWords();
  const canEdit = useEditor((state) => state.canEdit);
  const renew = useRenewed();
  const [isDeleting, setDeleting] = useState(false);
  const told = (work: Promise<unknown>, done: string) =>
    void work.then(
      () => toast.success(done),
      (error: unknown) => toast.error(t("notSaved"), { description: errorWords(error) }),
    );
  return (
    <li className="px-3.5 py-2.5">
      <div className="flex items-center gap-2">
        {one.passes ? (
          <CircleCheck aria-hidden className="size-4 shrink-0 text-success" />
        ) : (
          <CircleX aria-hidden className="size-4 shrink-0 text-danger" />
        )}
        <span
          className={cn("min-w-0 flex-1 truncate font-medium text-sm", !one.passes && "text-danger")}
          title={one.name}
        >
          <span className="sr-only">{t(one.passes ? "passes" : "fails")}: </span>
          {one.name}
        </span>
        <IconButton size="dense" icon={Play} label={t("play", { name: one.name })} onClick={onPlay} />
        {canEdit && !one.passes ? (
          <IconButton
            size="dense"
            icon={RefreshCw}
            label={t("renew", { name: one.name })}
            disabled={acts.isBusy}
            onClick={() => told(acts.save(renew(one), one.id), t("renewed", { name: one.name }))}
          />
        ) : null}
        {canEdit ? (
          <IconButton
            size="dense"
            icon={Trash2}
            label={t("delete", { name: one.name })}
            onClick={() => setDeleting(true)}
          />
        ) : null}
        {isDeleting ? (
          <AlertDialog
            open
            isDanger
            onOpenChange={setDeleting}
            title={t("deleteTitle", { name: one.name })}
            description={t("deleteHelp")}
            confirmLabel={t("deleteNow")}
            cancelLabel={common("cancel")}
            onConfirm={() => told(acts.remove(one.id), t("deleted", { name: one.name }))}
          />
        ) : null}
      </div>
      {one.differences.map((difference) => (
        <Difference key={difference.outcome} {...difference} />
      ))}
    </li>
  );
}

type DifferenceProps = { outcome: OutcomeName; expected: string | string[]; actual: string | string[] };

function Difference({ outcome, expected, actual }: DifferenceProps) {
  const t = useTranslations("flowEditor.test.cases");
  const words = useOutcomeWords();
  return (
    <dl className="mt-1.5 ml-6 grid grid-cols-[72px_1fr] gap-x-2 gap-y-0.5 text-xs">
      <dt className="col-span-2 font-medium">{words.name(outcome)}</dt>
      <dt className="text-secondary">{t("expected")}</dt>
      <dd>{words.value(outcome, expected)}</dd>
      <dt className="text-danger">{t("actual")}</dt>
      <dd className="text-danger">{words.value(outcome, actual)}</dd>
    </dl>
  );
}

/** The same case, asking for what comes out now. */
function useRenewed() {
  const graph = useEditor((state) => state.graph);
  const catalog = useEditor((state) => state.catalog);
  const { workspaceTimezone, policy } = useEditorWorld();
  return ({ name, start, actions, expected }: PlayedCase): FlowCase => {
    const now = outcomesOf(playCase({ start, actions }, { graph, catalog, workspaceTimezone, policy }));
    const names = Object.keys(expected) as OutcomeName[];
    return { name, start, actions, expected: Object.fromEntries(names.map((outcome) => [outcome, now[outcome]])) };
  };
}
