"use client";

import { ReactFlowProvider } from "@xyflow/react";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { v4 as uuid } from "uuid";
import { handlesOf } from "#components/flow-words/step-handles.ts";
import { useStepWords } from "#components/flow-words/use-step-words.ts";
import { BacktestDrawer } from "./backtest/backtest-drawer.tsx";
import { Canvas } from "./canvas/canvas.tsx";
import { QuickAdd } from "./canvas/quick-add.tsx";
import { ConflictDialog } from "./conflict/conflict-dialog.tsx";
import { EditorProvider, useEditor } from "./editor-state/editor-context.tsx";
import { createEditorStore, type EditorSeed } from "./editor-state/editor-store.ts";
import { type EditorWorld, EditorWorldProvider } from "./editor-world.tsx";
import { KnownPathsProvider } from "./fields/use-known-paths.tsx";
import { Inspector } from "./inspector/inspector.tsx";
import { Outline } from "./outline/outline.tsx";
import { Palette } from "./palette/palette.tsx";
import { ProblemsDrawer } from "./problems/problems-drawer.tsx";
import { TestBench } from "./test-bench/test-bench.tsx";
import { EditorTopBar } from "./top-bar/editor-top-bar.tsx";
import { StoppedTemplates } from "./top-bar/stopped-templates.tsx";
import { AutosaveProvider } from "./use-autosave.tsx";
import { useEditorKeys } from "./use-editor-keys.ts";
import { useKeptHistory } from "./use-kept-history.ts";
import { useFollowAddedStep } from "./use-show-step.ts";

/** The flow editor, whole. `seed` is the draft it opens with; `world` is what it may look up and ask for. */
export function FlowEditor({ seed, world }: { seed: EditorSeed; world: EditorWorld }) {
  const [store] = useState(() => createEditorStore(seed, uuid, Date.now, whenQuiet()));
  return (
    <EditorWorldProvider world={world}>
      <EditorProvider store={store}>
        <AutosaveProvider>
          <KnownPathsProvider>
            <ReactFlowProvider>
              <Layout />
            </ReactFlowProvider>
          </KnownPathsProvider>
        </AutosaveProvider>
      </EditorProvider>
    </EditorWorldProvider>
  );
}

function Layout() {
  useEditorKeys();
  useFollowAddedStep();
  useKeptHistory();
  const drawer = useEditor((state) => state.drawer);
  const isInspectorOpen = useEditor((state) => state.isInspectorOpen);
  const canEdit = useEditor((state) => state.canEdit);
  const isPlaying = drawer === "test" || drawer === "backtest";
  return (
    <div className="flex h-dvh min-h-0 flex-col overflow-hidden">
      <EditorTopBar />
      <StoppedTemplates />
      <div className="flex min-h-0 flex-1">
        {drawer === "outline" ? <Outline /> : isPlaying || !canEdit ? null : <Palette />}
        <div className="flex min-w-0 flex-1 flex-col">
          <Canvas />
          {drawer === "problems" ? <ProblemsDrawer /> : null}
        </div>
        {drawer === "test" ? (
          <TestBench />
        ) : drawer === "backtest" ? (
          <BacktestDrawer />
        ) : isInspectorOpen ? (
          <Inspector />
        ) : null}
      </div>
      <QuickAdd />
      <ConflictDialog />
      <Announcements />
    </div>
  );
}

/** Says aloud what the pointer's people see: which way out the arrow keys will follow, and how many problems there are. */
function Announcements() {
  const t = useTranslations("flowEditor.announce");
  const words = useStepWords();
  const problems = useEditor((state) => state.problems.length);
  const catalog = useEditor((state) => state.catalog);
  const walkHandle = useEditor((state) => state.walkHandle);
  const chosen = useEditor((state) =>
    state.walkHandle ? state.flowNodes.find((node) => node.selected)?.data.step : undefined,
  );
  const way = chosen && handlesOf(chosen, catalog).find((handle) => handle.id === walkHandle);
  return (
    <p aria-live="polite" className="sr-only">
      {chosen && way ? t("way", { way: words.way(chosen, way, catalog) }) : t("problems", { count: problems })}
    </p>
  );
}

const quietMs = 120;

/** Does the last of what it was given, once nothing new has come for a moment. */
function whenQuiet(): (work: () => void) => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return (work) => {
    clearTimeout(timer);
    timer = setTimeout(work, quietMs);
  };
}
