"use client";

import type { KeyboardEvent } from "react";
import { useTranslations } from "use-intl";
import { StepIcon } from "#components/flow-canvas/step-icon.tsx";
import { handlesOf } from "#components/flow-words/step-handles.ts";
import { useStepWords } from "#components/flow-words/use-step-words.ts";
import { cn } from "#components/ui/cn.ts";
import { CardMenu } from "../canvas/card-menu.tsx";
import { groupOf } from "../editor-state/aid-edits.ts";
import { useEditor } from "../editor-state/editor-context.tsx";
import type { OutlineRow as Row } from "../editor-state/flow-order.ts";
import { useShowStep } from "../use-show-step.ts";

/** One step: what leads to it, what it does, what is wrong with it, and a menu with everything the canvas can do to it. */
export function OutlineRow({ row: { node, depth, via, from } }: { row: Row }) {
  const t = useTranslations("flowEditor.outline");
  const words = useStepWords();
  const catalog = useEditor((state) => state.catalog);
  const canEdit = useEditor((state) => state.canEdit);
  const isChosen = useEditor((state) => state.flowNodes.some((one) => one.selected && one.id === node.id));
  const problems = useEditor((state) => state.problemsOf.get(node.id)?.length ?? 0);
  const group = useEditor((state) => groupOf(state.graph, node.id)?.name);
  const source = useEditor((state) => state.graph.nodes.find(({ id }) => id === from));
  const showStep = useShowStep();
  return (
    <li style={{ paddingLeft: depth * 16 }}>
      {source && via && via.place !== "main" ? (
        <p className="pt-1 pl-2 text-secondary text-xs">{t("via", { way: words.way(source, via, catalog) })}</p>
      ) : null}
      <div
        data-selected={isChosen || undefined}
        className={cn(
          "group/card relative flex items-center rounded-md hover:bg-hover",
          isChosen && "bg-accent-tint hover:bg-accent-tint",
        )}
      >
        <button
          type="button"
          data-outline-step={node.id}
          aria-current={isChosen ? "step" : undefined}
          onClick={() => showStep(node.id, { keepsFocus: true })}
          onKeyDown={moveInOutline}
          className="flex min-w-0 flex-1 items-center gap-2.5 rounded-md py-1.5 pr-7 pl-2 text-left focus-visible:-outline-offset-2"
        >
          <StepIcon type={node.type} isSmall />
          <span className="min-w-0 flex-1">
            <span className="block truncate font-medium text-sm">{words.title(node)}</span>
            <span className="block truncate text-secondary text-xs">{words.summary(node, catalog)}</span>
            {group ? <span className="block truncate text-secondary text-xs">{t("inGroup", { group })}</span> : null}
          </span>
          {problems > 0 ? (
            <span className="shrink-0 text-warning text-xs">{t("problems", { count: problems })}</span>
          ) : null}
        </button>
        {canEdit ? <CardMenu step={node} handles={handlesOf(node, catalog)} isTabStop className={menuPlace} /> : null}
      </div>
    </li>
  );
}

/** Out of sight and there all the same: whoever listens to the outline finds the menu of each line. */
const menuPlace =
  "top-1.5 right-1 opacity-0 transition-opacity focus-within:opacity-100 group-hover/card:opacity-100 group-data-selected/card:opacity-100 has-data-[state=open]:opacity-100";

/** Up and down go from line to line; the canvas follows. */
function moveInOutline(event: KeyboardEvent<HTMLElement>) {
  if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
  event.preventDefault();
  const lines = [...(event.currentTarget.closest("ol")?.querySelectorAll<HTMLElement>("[data-outline-step]") ?? [])];
  const next = lines[lines.indexOf(event.currentTarget) + (event.key === "ArrowDown" ? 1 : -1)];
  next?.focus();
  next?.click();
}
