"use client";

import { X } from "lucide-react";
import { type CSSProperties, Suspense, useEffect, useState } from "react";
import { useTranslations } from "use-intl";
import { useFit } from "#components/flow-canvas/use-fit.ts";
import { Chip } from "#components/ui/chip.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import { Segmented } from "#components/ui/segmented.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { useEditorActions } from "../editor-state/editor-context.tsx";
import { CasesButton } from "./cases/cases-button.tsx";
import { RunControls } from "./run-controls.tsx";
import { RunLog } from "./run-log.tsx";
import { RunPhone } from "./run-phone.tsx";
import { RunSetup } from "./run-setup.tsx";
import { useTestRun } from "./use-test-run.ts";
import { useWidth, WidthHandle } from "./width-handle.tsx";

/** The right drawer where one plays a person through the flow: pick somebody, fire the event, watch phone, path and log. */
export function TestBench() {
  const t = useTranslations("flowEditor.test");
  const common = useTranslations("common");
  const { openDrawer } = useEditorActions();
  const run = useTestRun();
  const zoomToFit = useFit();
  const width = useWidth();
  // The canvas has just become narrower: show the whole flow in what is left of it.
  useEffect(() => {
    const frame = requestAnimationFrame(() => void zoomToFit({ hasMap: false }));
    return () => cancelAnimationFrame(frame);
  }, [zoomToFit]);
  // Beside each other there is room for both; on narrow screens one of them is chosen.
  const [tab, setTab] = useState<"phone" | "log">("phone");
  return (
    <aside
      aria-label={t("title")}
      style={{ "--bench": `${width.px}px` } as CSSProperties}
      className="relative flex w-(--bench) shrink-0 flex-col border-border border-l bg-surface max-[1279px]:w-[392px]"
    >
      <WidthHandle {...width} label={t("width")} />
      <header className="flex h-12 shrink-0 items-center gap-2.5 border-border border-b pr-2.5 pl-4">
        <h2 className="font-semibold text-base">{t("title")}</h2>
        <Chip className="max-[1279px]:hidden">{t("nothingSent")}</Chip>
        <span className="flex-1" />
        <CasesButton onPlay={run.play} />
        <Segmented
          isDense
          aria-label={t("view")}
          className="min-[1280px]:hidden"
          options={[
            { value: "phone", label: t("phone") },
            { value: "log", label: t("log") },
          ]}
          value={tab}
          onValueChange={setTab}
        />
        <IconButton size="dense" icon={X} label={common("close")} onClick={() => openDrawer("none")} />
      </header>
      <Suspense fallback={<Skeleton className="mx-4 my-2 h-8 shrink-0" />}>
        <RunSetup run={run} />
      </Suspense>
      <div className="flex min-h-0 flex-1">
        <div className={tab === "phone" ? "flex" : "flex max-[1279px]:hidden"}>
          <RunPhone run={run} />
        </div>
        <div className={tab === "log" ? "flex min-w-0 flex-1" : "flex min-w-0 flex-1 max-[1279px]:hidden"}>
          <RunLog run={run} />
        </div>
      </div>
      <RunControls run={run} />
    </aside>
  );
}
