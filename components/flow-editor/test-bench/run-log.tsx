"use client";

import { useEffect, useRef } from "react";
import { useTranslations } from "use-intl";
import { familyOf } from "#components/flow-canvas/step-icon.tsx";
import { ScrollArea } from "#components/ui/scroll-area.tsx";
import { useEditor } from "../editor-state/editor-context.tsx";
import { LogBlockView } from "./log-block-view.tsx";
import { logBlocks } from "./log-blocks.ts";
import type { TestRun } from "./use-test-run.ts";

/** What happened, by virtual day: each check with the value it saw, each decision in words. */
export function RunLog({ run }: { run: TestRun }) {
  const t = useTranslations("flowEditor.test");
  const nodes = useEditor((state) => state.graph.nodes);
  const end = useRef<HTMLLIElement>(null);
  const { sim, times } = run;
  const count = sim?.log.length ?? 0;
  useEffect(() => {
    if (count > 0) end.current?.scrollIntoView({ block: "nearest" });
  }, [count]);
  // The trigger's own lines only repeat the event above them.
  const triggers = new Set(nodes.filter((node) => familyOf(node.type) === "trigger").map((node) => node.id));
  const blocks = logBlocks(sim?.log ?? []).filter((block) => block.nodeId === null || !triggers.has(block.nodeId));
  return (
    <ScrollArea as="section" aria-label={t("log")} className="min-w-0 flex-1 overflow-y-auto px-3 py-3">
      {sim ? null : <p className="text-secondary text-sm">{t("logEmpty")}</p>}
      <ol className="space-y-3">
        {blocks.map((block, index) => {
          const isNewDay = index === 0 || times.day(block.at) !== times.day(blocks[index - 1]?.at ?? 0);
          return (
            <li key={block.key} ref={index === blocks.length - 1 ? end : undefined}>
              {isNewDay ? <p className="mb-2 font-medium text-secondary text-sm">{times.day(block.at)}</p> : null}
              <LogBlockView block={block} node={nodes.find((node) => node.id === block.nodeId)} times={times} />
            </li>
          );
        })}
      </ol>
    </ScrollArea>
  );
}
