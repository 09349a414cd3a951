"use client";

import { CircleCheck, Dot, History, Pause, Play, Rocket, TriangleAlert } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { FlowSwitch } from "#components/flow-bar/flow-switch.tsx";
import { Button } from "#components/ui/button.tsx";
import { Chip } from "#components/ui/chip.tsx";
import { cn } from "#components/ui/cn.ts";
import { useEditor, useEditorActions } from "../editor-state/editor-context.tsx";
import { useEditorWorld } from "../editor-world.tsx";
import { PublishDialog } from "../publish/publish-dialog.tsx";
import { OtherEditors } from "./other-editors.tsx";
import { ReviewChip } from "./review-chip.tsx";
import { SavedText } from "./saved-text.tsx";
import { ScheduledChip } from "./scheduled-chip.tsx";

/** The editor's own 48 px bar: where we are, what runs, what is saved, what is wrong, Test and Publish. */
export function EditorTopBar() {
  const t = useTranslations("flowEditor.bar");
  const { openDrawer } = useEditorActions();
  const drawer = useEditor((state) => state.drawer);
  const canEdit = useEditor((state) => state.canEdit);
  return (
    <header className="flex h-12 shrink-0 items-center gap-2 border-border border-b bg-surface pr-3 pl-4">
      <nav aria-label={t("breadcrumb")} className="flex min-w-0 items-center gap-1.5 text-sm">
        <Link href="/flows" className="shrink-0 text-secondary hover:text-ink">
          {t("flows")}
        </Link>
        <span aria-hidden className="text-tertiary">
          /
        </span>
        <FlowName />
      </nav>
      <VersionChips />
      {canEdit ? <SavedText /> : <Chip>{t("readOnly")}</Chip>}
      <span className="flex-1" />
      <OtherEditors />
      <Views />
      <span className="flex-1" />
      <ProblemsButton />
      <Button
        size="dense"
        aria-pressed={drawer === "test"}
        onClick={() => openDrawer(drawer === "test" ? "none" : "test")}
        className="h-8 aria-pressed:border-accent-border aria-pressed:bg-accent-tint aria-pressed:text-accent"
      >
        <Play aria-hidden />
        {t("test")}
      </Button>
      <Button
        size="dense"
        aria-pressed={drawer === "backtest"}
        title={t("backtest")}
        onClick={() => openDrawer(drawer === "backtest" ? "none" : "backtest")}
        className="h-8 aria-pressed:border-accent-border aria-pressed:bg-accent-tint aria-pressed:text-accent"
      >
        <History aria-hidden />
        <span className="max-[1180px]:sr-only">{t("backtest")}</span>
      </Button>
      <PublishButton />
    </header>
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
  const t = useTranslations("flowEditor.bar");
  const { running, status } = useEditorWorld();
  const looks = {
    active: { tone: "success", icon: Dot },
    paused: { tone: "warning", icon: Pause },
    held: { tone: "danger", icon: Pause },
  } as const;
  const look = status === "active" || status === "paused" || status === "held" ? looks[status] : null;
  return (
    <span className="flex shrink-0 items-center gap-1.5 max-[1180px]:hidden">
      {running && look ? (
        <Chip tone={look.tone} icon={look.icon} className={cn(status === "active" && "[&_svg]:scale-[2.2]")}>
          {t(`running.${status}`, { number: running.number })}
        </Chip>
      ) : null}
      <Chip className="bg-surface">{t("draft", { number: (running?.number ?? 0) + 1 })}</Chip>
      <ReviewChip />
      <ScheduledChip />
    </span>
  );
}

/** To the flow as it runs and to its earlier versions, once there is one. */
function Views() {
  const { flowId, running } = useEditorWorld();
  return <FlowSwitch flowId={flowId} current="build" hasVersion={running !== null} />;
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
      {count > 0 ? t("problems", { count }) : t("noProblems")}
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
