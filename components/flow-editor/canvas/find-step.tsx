"use client";

import { Command } from "cmdk";
import { useTranslations } from "use-intl";
import { StepIcon } from "#components/flow-canvas/step-icon.tsx";
import { useStepWords } from "#components/flow-words/use-step-words.ts";
import { Dialog } from "#components/ui/dialog.tsx";
import { useEditor, useEditorActions } from "../editor-state/editor-context.tsx";
import { flowOrder } from "../editor-state/flow-order.ts";
import { useShowStep } from "../use-show-step.ts";

type FindStepProps = { isOpen: boolean; onOpenChange: (isOpen: boolean) => void };

/** Finds a step by its words and goes there. */
export function FindStep({ isOpen, onOpenChange }: FindStepProps) {
  const t = useTranslations("flowEditor.find");
  const common = useTranslations("common");
  return (
    <Dialog open={isOpen} onOpenChange={onOpenChange} title={t("title")} closeLabel={common("close")}>
      {isOpen ? <StepSearch onDone={() => onOpenChange(false)} /> : null}
    </Dialog>
  );
}

function StepSearch({ onDone }: { onDone: () => void }) {
  const t = useTranslations("flowEditor.find");
  const words = useStepWords();
  const graph = useEditor((state) => state.graph);
  const catalog = useEditor((state) => state.catalog);
  const { setInspectorOpen } = useEditorActions();
  const showStep = useShowStep();
  return (
    <Command label={t("title")} className="-mx-2">
      <Command.Input
        autoFocus
        placeholder={t("placeholder")}
        className="mb-2 h-9 w-full rounded-md border border-border-strong bg-surface px-3 text-sm outline-none placeholder:text-tertiary focus:border-accent"
      />
      <Command.List className="max-h-80 overflow-y-auto">
        <Command.Empty className="px-2 py-4 text-center text-secondary">{t("none")}</Command.Empty>
        {flowOrder(graph, catalog).map(({ node }) => (
          <Command.Item
            key={node.id}
            value={node.id}
            keywords={[words.title(node), words.summary(node, catalog)]}
            onSelect={() => {
              onDone();
              setInspectorOpen(true);
              showStep(node.id);
            }}
            className="flex items-center gap-2.5 rounded-sm px-2 py-1.5 data-[selected=true]:bg-hover"
          >
            <StepIcon type={node.type} isSmall />
            <span className="min-w-0">
              <span className="block truncate font-medium text-sm">{words.title(node)}</span>
              <span className="block truncate text-secondary text-xs">{words.summary(node, catalog)}</span>
            </span>
          </Command.Item>
        ))}
      </Command.List>
    </Command>
  );
}
