"use client";

import { X } from "lucide-react";
import type { KeyboardEvent } from "react";
import { useTranslations } from "use-intl";
import { StepIcon } from "#components/flow-canvas/step-icon.tsx";
import { useStepWords } from "#components/flow-words/use-step-words.ts";
import { cn } from "#components/ui/cn.ts";
import { IconButton } from "#components/ui/icon-button.tsx";
import { useEditor, useEditorActions } from "./editor-state/editor-context.tsx";
import { flowOrder } from "./editor-state/flow-order.ts";
import { useShowStep } from "./use-show-step.ts";

/** The flow as a list, in the order people go through it: says the same as the canvas, for the keyboard and for reading aloud. */
export function Outline() {
  const t = useTranslations("flowEditor.outline");
  const common = useTranslations("common");
  const words = useStepWords();
  const graph = useEditor((state) => state.graph);
  const catalog = useEditor((state) => state.catalog);
  const chosen = useEditor((state) => state.flowNodes.find((node) => node.selected)?.id);
  const problemsOf = useEditor((state) => state.problemsOf);
  const { openDrawer } = useEditorActions();
  const showStep = useShowStep();
  const rows = flowOrder(graph, catalog);
  return (
    <section aria-label={t("title")} className="flex w-76 shrink-0 flex-col border-border border-r bg-surface">
      <header className="flex items-center justify-between border-border border-b py-1.5 pr-2 pl-4">
        <h2 className="font-semibold text-sm">{t("title")}</h2>
        <IconButton size="dense" icon={X} label={common("close")} onClick={() => openDrawer("none")} />
      </header>
      {rows.length === 0 ? <p className="p-4 text-secondary text-sm">{t("empty")}</p> : null}
      <ol className="min-h-0 flex-1 overflow-y-auto p-2">
        {rows.map(({ node, depth, via }) => {
          const problems = problemsOf.get(node.id)?.length ?? 0;
          return (
            <li key={node.id} style={{ paddingLeft: depth * 16 }}>
              {via && via.place !== "main" ? (
                <p className="pt-1 pl-2 text-secondary text-xs">{t("via", { way: words.handle(via) })}</p>
              ) : null}
              <button
                type="button"
                aria-current={node.id === chosen ? "step" : undefined}
                onClick={() => showStep(node.id, { keepsFocus: true })}
                onKeyDown={moveInOutline}
                className={cn(
                  "flex w-full items-center gap-2.5 rounded-md px-2 py-1.5 text-left hover:bg-hover focus-visible:-outline-offset-2",
                  node.id === chosen && "bg-accent-tint",
                )}
              >
                <StepIcon type={node.type} isSmall />
                <span className="min-w-0 flex-1">
                  <span className="block truncate font-medium text-sm">{words.title(node)}</span>
                  <span className="block truncate text-secondary text-xs">{words.summary(node, catalog)}</span>
                </span>
                {problems > 0 ? (
                  <span className="text-warning text-xs">{t("problems", { count: problems })}</span>
                ) : null}
              </button>
            </li>
          );
        })}
      </ol>
    </section>
  );
}

/** Up and down go from line to line; the canvas follows. */
function moveInOutline(event: KeyboardEvent<HTMLElement>) {
  if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
  event.preventDefault();
  const lines = [...(event.currentTarget.closest("ol")?.querySelectorAll<HTMLElement>("li > button") ?? [])];
  const next = lines[lines.indexOf(event.currentTarget) + (event.key === "ArrowDown" ? 1 : -1)];
  next?.focus();
  next?.click();
}
