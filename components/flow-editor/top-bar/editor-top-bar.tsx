"use client";

import { CircleCheck, History, Play, Rocket, TriangleAlert } from "lucide-react";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { FlowBar, RunningChip } from "#components/flow-bar/flow-bar.tsx";
import { Button } from "#components/ui/button.tsx";
import { Chip } from "#components/ui/chip.tsx";
import { cn } from "#components/ui/cn.ts";
import { useEditor, useEditorActions } from "../editor-state/editor-context.tsx";
import { useEditorWorld } from "../editor-world.tsx";
import { PublishDialog } from "../publish/publish-dialog.tsx";
import { DraftChip } from "./draft-chip.tsx";
import { OtherEditors } from "./other-editors.tsx";
import { SavedText } from "./saved-text.tsx";
import { ScheduledChip } from "./scheduled-chip.tsx";

/** The flow's bar as one builds: what is saved, who else is here, what is wrong, Test, Backtest and Publish. */
export function EditorTopBar() {
  const t = useTranslations("flowEditor.bar");
  const { flowId, running } = useEditorWorld();
  const name = useEditor((state) => state.name);
  const canEdit = useEditor((state) => state.canEdit);
  return (
    <FlowBar
      flow={{ id: flowId, name }}
      name={<FlowName />}
      current="build"
      hasVersion={running !== null}
      chips={
        <>
          <VersionChips />
          {canEdit ? <SavedText /> : <Chip>{t("readOnly")}</Chip>}
        </>
      }
      actions={
        <>
          <OtherEditors />
          <ProblemsButton />
          <DrawerButton drawer="test" icon={Play} />
          <DrawerButton drawer="backtest" icon={History} className="max-[1180px]:sr-only" />
          <PublishButton />
        </>
      }
    />
  );
}

type DrawerButtonProps = { drawer: "test" | "backtest"; icon: typeof Play; className?: string };

/** Opens a drawer beside the canvas, and closes it. */
function DrawerButton({ drawer, icon: Icon, className }: DrawerButtonProps) {
  const t = useTranslations("flowEditor.bar");
  const { openDrawer } = useEditorActions();
  const isOpen = useEditor((state) => state.drawer === drawer);
  return (
    <Button
      size="dense"
      aria-pressed={isOpen}
      title={t(drawer)}
      onClick={() => openDrawer(isOpen ? "none" : drawer)}
      className="h-8 aria-pressed:border-accent-border aria-pressed:bg-accent-tint aria-pressed:text-accent"
    >
      <Icon aria-hidden />
      <span className={className}>{t(drawer)}</span>
    </Button>
  );
}

/** The name is its own field: click, type, Enter. */
function FlowName() {
  const t = useTranslations("flowEditor.bar");
  const name = useEditor((state) => state.name);
  const canEdit = useEditor((state) => state.canEdit);
  const { rename } = useEditorActions();
  const [draft, setDraft] = useState<string | null>(null);
  const finish = () => {
    const wanted = draft?.trim();
    if (wanted && wanted !== name) rename(wanted);
    setDraft(null);
  };
  return (
    <h1 className="min-w-0">
      <span className="sr-only">{name}</span>
      <span className="relative inline-grid min-w-0 max-w-64 items-center">
        {/* Gives the field the width of its words. */}
        <span aria-hidden className="invisible col-start-1 row-start-1 truncate px-1 font-semibold text-base">
          {draft ?? name}
        </span>
        <input
          size={1}
          aria-label={t("name")}
          value={draft ?? name}
          readOnly={!canEdit}
          maxLength={120}
          onChange={(event) => setDraft(event.target.value)}
          onBlur={finish}
          onKeyDown={(event) => {
            if (event.key === "Enter") event.currentTarget.blur();
            if (event.key === "Escape") setDraft(null);
          }}
          className="col-start-1 row-start-1 w-full min-w-0 truncate rounded-xs bg-transparent px-1 font-semibold text-base hover:bg-hover focus:bg-surface"
        />
      </span>
    </h1>
  );
}

function VersionChips() {
  const { running, status } = useEditorWorld();
  return (
    <span className="flex shrink-0 items-center gap-1.5 max-[1180px]:hidden">
      {running ? <RunningChip status={status} number={running.number} /> : null}
      <DraftChip number={(running?.number ?? 0) + 1} />
      <ScheduledChip />
    </span>
  );
}

function ProblemsButton() {
  const t = useTranslations("flowEditor.bar");
  const errors = useEditor((state) => state.problems.filter((problem) => problem.severity === "error").length);
  const warnings = useEditor((state) => state.problems.length) - errors;
  const drawer = useEditor((state) => state.drawer);
  const { openDrawer } = useEditorActions();
  const count = errors + warnings;
  const tone = errors > 0 ? "danger" : warnings > 0 ? "warning" : "success";
  const Icon = count > 0 ? TriangleAlert : CircleCheck;
  return (
    <Button
      size="dense"
      aria-pressed={drawer === "problems"}
      data-testid="problems"
      onClick={() => openDrawer(drawer === "problems" ? "none" : "problems")}
      className={cn(
        "h-8",
        tone === "danger" && "border-danger-border bg-danger-tint text-danger hover:bg-danger-tint",
        tone === "warning" && "border-warning-border bg-warning-tint text-warning hover:bg-warning-tint",
        tone === "success" && "text-success",
      )}
    >
      <Icon aria-hidden />
      <span className="max-[1180px]:sr-only">{count > 0 ? t("problems", { count }) : t("noProblems")}</span>
      {count > 0 ? (
        <span aria-hidden className="tabular min-[1181px]:hidden">
          {count}
        </span>
      ) : null}
    </Button>
  );
}

function PublishButton() {
  const t = useTranslations("flowEditor.bar");
  const { canPublish } = useEditorWorld();
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button
        variant="primary"
        size="dense"
        className="h-8"
        disabled={!canPublish}
        title={canPublish ? undefined : t("mayNotPublish")}
        onClick={() => setOpen(true)}
      >
        <Rocket aria-hidden className="max-[1180px]:hidden" />
        {t("publish")}
      </Button>
      {isOpen ? <PublishDialog onClose={() => setOpen(false)} /> : null}
    </>
  );
}
