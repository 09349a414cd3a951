"use client";

import { useTranslations } from "use-intl";
import { StepIcon } from "#components/flow-canvas/step-icon.tsx";
import { useStepWords } from "#components/flow-words/use-step-words.ts";
import { nodeTypes } from "#flow/nodes/index.ts";
import { useEditor, useEditorActions } from "../editor-state/editor-context.tsx";

/** The first question of a new flow, in the middle of the empty canvas. */
export function EmptyCanvas() {
  const t = useTranslations("flowEditor.empty");
  const words = useStepWords();
  const isEmpty = useEditor((state) => state.graph.nodes.length === 0);
  const canEdit = useEditor((state) => state.canEdit);
  const { add } = useEditorActions();
  if (!isEmpty) return null;
  return (
    <div className="pointer-events-none absolute inset-0 grid place-items-center p-6">
      <div className="pointer-events-auto w-80 rounded-lg border border-border-strong border-dashed bg-surface p-5 text-center">
        <h2 className="text-h2">{t("title")}</h2>
        <p className="mt-1 mb-4 text-secondary text-sm">{t("hint")}</p>
        {nodeTypes
          .filter((node) => node.family === "trigger")
          .map((node) => (
            <button
              key={node.type}
              type="button"
              disabled={!canEdit}
              onClick={() => add(node.type, { from: null, position: { x: 0, y: 0 } })}
              className="flex w-full items-center gap-2.5 rounded-md border border-border px-3 py-2 text-left hover:border-border-strong hover:bg-hover"
            >
              <StepIcon type={node.type} />
              <span className="min-w-0">
                <span className="block font-semibold text-sm">{words.typeTitle(node.type)}</span>
                <span className="block text-secondary text-xs">{words.typeHelp(node.type)}</span>
              </span>
            </button>
          ))}
      </div>
    </div>
  );
}
