"use client";

import { CircleCheck, TriangleAlert } from "lucide-react";
import { useTranslations } from "use-intl";
import { useChangeLines } from "#components/flow-words/use-change-lines.ts";
import { useStepWords } from "#components/flow-words/use-step-words.ts";
import { cn } from "#components/ui/cn.ts";
import { RadioGroup } from "#components/ui/radio-group.tsx";
import { type Graph, GraphEdge, GraphGroup, GraphNode, GraphNote } from "#flow/graph.ts";
import { useEditor } from "../editor-state/editor-context.tsx";
import type { Clash, Side } from "../editor-state/merge-drafts.ts";

type ClashesProps = {
  clashes: readonly Clash[];
  theirs: { graph: Graph; updatedBy: string };
  choices: ReadonlyMap<string, Side>;
  onChoose: (key: string, side: Side) => void;
};

/** What both changed in different ways, one question each; without any, that both can stay. */
export function Clashes({ clashes, theirs, choices, onChoose }: ClashesProps) {
  const t = useTranslations("flowEditor.conflict");
  const say = useClashWords(theirs.graph);
  if (clashes.length === 0)
    return (
      <p className="mt-4 flex items-center gap-2 text-sm text-success">
        <CircleCheck aria-hidden className="size-4" />
        {t("noClash")}
      </p>
    );
  return (
    <section aria-label={t("clashes", { count: clashes.length })} className="mt-5">
      <h3 className="mb-2 flex items-center gap-2 font-semibold text-sm">
        <TriangleAlert aria-hidden className="size-4 text-warning" />
        {t("clashes", { count: clashes.length })}
      </h3>
      <ul className="space-y-2">
        {clashes.map((clash) => {
          const title = say.title(clash);
          const choice = choices.get(clash.key) ?? "";
          return (
            <li
              key={clash.key}
              className={cn(
                "rounded-lg border px-4 py-3",
                choice ? "border-border" : "border-warning-border bg-warning-tint",
              )}
            >
              <p className="mb-2 font-medium text-sm">{title}</p>
              <RadioGroup
                aria-label={title}
                value={choice}
                onValueChange={(side) => onChoose(clash.key, side === "mine" ? "mine" : "theirs")}
                className="grid gap-x-6 gap-y-2 space-y-0 md:grid-cols-2"
                options={[
                  { value: "mine", label: t("takeYours"), help: say.side(clash, "mine") },
                  { value: "theirs", label: t("takeOf", { name: theirs.updatedBy }), help: say.side(clash, "theirs") },
                ]}
              />
            </li>
          );
        })}
      </ul>
    </section>
  );
}

/** A clash in words: what it is about, and what it would be on either side. */
function useClashWords(theirs: Graph) {
  const t = useTranslations("flowEditor.conflict");
  const changes = useTranslations("flowEditor.changes");
  const words = useStepWords();
  const mine = useEditor((state) => state.graph);
  const catalog = useEditor((state) => state.catalog);
  const lines = useChangeLines(theirs, mine, catalog);
  const stepOf = (id: string) => [...mine.nodes, ...theirs.nodes].find((node) => node.id === id);
  const titleOf = (id: string) => {
    const step = stepOf(id);
    return step ? words.title(step) : t("unknownStep");
  };
  const title = ({ kind, subject }: Clash): string => {
    if (kind === "step") return titleOf(subject);
    if (kind === "way") return t("wayFrom", { step: titleOf(subject) });
    return lines.find((line) => line.group === "settings" && line.id === subject)?.title ?? t(`kinds.${kind}`);
  };
  const side = (clash: Clash, which: Side): string => {
    const item = which === "mine" ? clash.mine : clash.theirs;
    if (item === undefined) return t("removed");
    const line = lines.find(({ group, id }) => id === clash.subject && (group === "steps" || group === "settings"));
    const fields = (line?.fields ?? [])
      .slice(0, 4)
      .map(({ name, from, to }) => `${name}: ${(which === "mine" ? to : from) ?? changes("nothing")}`);
    if (fields.length > 0) return fields.join(" · ");
    const node = GraphNode.safeParse(item);
    if (node.success) return words.summary(node.data, catalog);
    const edge = GraphEdge.safeParse(item);
    if (edge.success) return t("leadsTo", { step: titleOf(edge.data.target) });
    const note = GraphNote.safeParse(item);
    if (note.success) return note.data.text;
    const group = GraphGroup.safeParse(item);
    return group.success ? t("groupOf", { name: group.data.name, count: group.data.steps.length }) : "";
  };
  return { title, side };
}
