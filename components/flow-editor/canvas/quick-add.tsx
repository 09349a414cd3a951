"use client";

import { Command } from "cmdk";
import { useEffect, useRef } from "react";
import { useTranslations } from "use-intl";
import { StepIcon } from "#components/flow-canvas/step-icon.tsx";
import { useStepWords } from "#components/flow-words/use-step-words.ts";
import { families } from "#flow/define-node.ts";
import { nodeTypes } from "#flow/nodes/index.ts";
import { useEditor, useEditorActions } from "../editor-state/editor-context.tsx";
import type { QuickAdd as QuickAddState } from "../editor-state/editor-store.ts";
import { paletteGroups } from "../palette/palette-groups.ts";

/** The palette as a small menu where one works: behind a step, on an edge, where a drawn edge was dropped. */
export function QuickAdd() {
  const quickAdd = useEditor((state) => state.quickAdd);
  return quickAdd ? <QuickAddMenu {...quickAdd} /> : null;
}

/** Titles only: a word that merely stands in some help text must not put another step first. */
function rank(type: string, search: string, [title = ""]: string[] = []): number {
  const wanted = search.trim().toLowerCase();
  if (title.toLowerCase().startsWith(wanted)) return 1;
  return `${title} ${type}`.toLowerCase().includes(wanted) ? 0.5 : 0;
}

const size = { width: 264, height: 340 };

function QuickAddMenu({ at, place }: QuickAddState) {
  const t = useTranslations("flowEditor.palette");
  const words = useStepWords();
  const { add, closeQuickAdd } = useEditorActions();
  const box = useRef<HTMLDivElement>(null);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    input.current?.focus();
    // A menu that is still closing takes the focus back for this moment.
    const timer = setTimeout(() => input.current?.focus(), 0);
    return () => clearTimeout(timer);
  }, []);
  useEffect(() => {
    const onDown = (event: PointerEvent) => {
      if (event.target instanceof Node && !box.current?.contains(event.target)) closeQuickAdd();
    };
    document.addEventListener("pointerdown", onDown, true);
    return () => document.removeEventListener("pointerdown", onDown, true);
  }, [closeQuickAdd]);
  const left = Math.max(8, Math.min(at.x - 24, window.innerWidth - size.width - 8));
  const top = Math.max(56, Math.min(at.y + 8, window.innerHeight - size.height - 8));
  return (
    <div
      ref={box}
      role="dialog"
      aria-label={t("addStep")}
      style={{ left, top, width: size.width }}
      className="floating fixed z-40 animate-rise-in overflow-hidden rounded-lg border border-border bg-raised"
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        event.stopPropagation();
        closeQuickAdd();
      }}
    >
      <Command label={t("addStep")} loop filter={rank}>
        <Command.Input
          ref={input}
          placeholder={t("search")}
          className="h-10 w-full border-border border-b bg-transparent px-3 text-sm outline-none placeholder:text-tertiary"
        />
        <Command.List className="max-h-74 overflow-y-auto p-1">
          <Command.Empty className="px-2 py-4 text-center text-secondary text-sm">{t("noneFound")}</Command.Empty>
          {paletteGroups(nodeTypes, families, place.from !== null).map(({ group, types }) => (
            <Command.Group
              key={group}
              heading={t(`groups.${group}`)}
              className="[&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-secondary [&_[cmdk-group-heading]]:text-xs"
            >
              {types.map(({ type }) => (
                <Command.Item
                  key={type}
                  value={type}
                  keywords={[words.typeTitle(type)]}
                  onSelect={() => add(type, place)}
                  className="flex h-8 items-center gap-2.5 rounded-sm px-2 text-sm data-[selected=true]:bg-hover"
                >
                  <StepIcon type={type} isSmall />
                  {words.typeTitle(type)}
                </Command.Item>
              ))}
            </Command.Group>
          ))}
        </Command.List>
      </Command>
    </div>
  );
}
