"use client";

import { CopyPlus, Ellipsis, Trash2, X } from "lucide-react";
import { useId } from "react";
import { useTranslations } from "use-intl";
import { StepIcon } from "#components/flow-canvas/step-icon.tsx";
import { readFields } from "#components/flow-words/read-fields.ts";
import { messageOf } from "#components/flow-words/step-handles.ts";
import { useProblemWords } from "#components/flow-words/use-problem-words.ts";
import { useStepWords } from "#components/flow-words/use-step-words.ts";
import { Button } from "#components/ui/button.tsx";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuTrigger,
} from "#components/ui/dropdown-menu.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import { isFree } from "#flow/free-message.ts";
import type { GraphNode } from "#flow/graph.ts";
import { nodeTypeOf } from "#flow/nodes/index.ts";
import { useEditor, useEditorActions } from "../editor-state/editor-context.tsx";
import type { StepProblem } from "../editor-state/find-problems.ts";
import { flowOrder } from "../editor-state/flow-order.ts";
import { BeforeItLeaves } from "./before-it-leaves.tsx";
import { FormField } from "./form-field.tsx";
import { ModeField } from "./mode-field.tsx";
import { ProblemCards } from "./problem-cards.tsx";
import { StepComments } from "./step-comments.tsx";
import { StepExperiment } from "./step-experiment.tsx";

/** A step's settings, read from its type's schema: problems first, then sentence and field, one after another. */
export function StepForm({ step }: { step: GraphNode }) {
  const problems = useEditor((state) => state.problemsOf.get(step.id)) ?? noProblems;
  const canEdit = useEditor((state) => state.canEdit);
  const problemWords = useProblemWords();
  const baseId = useId();
  const type = nodeTypeOf(step.type);
  const message = messageOf(
    step,
    useEditor((state) => state.catalog),
  );
  const { fields } = type ? readFields(type.config, step.data) : { fields: [] };
  return (
    <>
      <StepHead step={step} />
      <div className="min-h-0 flex-1 overflow-y-auto">
        <StepComments stepId={step.id} />
        <ProblemCards problems={problems} />
        <fieldset disabled={!canEdit} data-fields className="min-w-0 divide-y divide-border">
          <ModeField id={`${baseId}-mode`} stepId={step.id} type={step.type} data={step.data} />
          {fields.map((field) => {
            const problem = problems.find(
              (candidate) => candidate.severity === "error" && candidate.field?.split(".")[0] === field.name,
            );
            const error = problem ? problemWords(problem).title : undefined;
            return (
              <FormField
                key={field.name}
                id={`${baseId}-${field.name}`}
                {...field}
                {...{ stepId: step.id, type: step.type, data: step.data, error }}
              />
            );
          })}
          <StepExperiment step={step} />
          {message ? <BeforeItLeaves isFree={message.languages.some(isFree)} /> : null}
        </fieldset>
      </div>
    </>
  );
}

const noProblems: readonly StepProblem[] = [];

function StepHead({ step }: { step: GraphNode }) {
  const t = useTranslations("flowEditor.inspector");
  const common = useTranslations("common");
  const words = useStepWords();
  const { setTitle, duplicate, deleteStep, setInspectorOpen } = useEditorActions();
  const graph = useEditor((state) => state.graph);
  const catalog = useEditor((state) => state.catalog);
  const canEdit = useEditor((state) => state.canEdit);
  const number = flowOrder(graph, catalog).findIndex(({ node }) => node.id === step.id) + 1;
  return (
    <header className="flex items-center gap-2.5 border-border border-b px-4 py-2.5">
      <StepIcon type={step.type} />
      <div className="min-w-0 flex-1">
        <h2 className="sr-only">{words.title(step)}</h2>
        <input
          aria-label={t("stepTitle")}
          value={step.title ?? ""}
          placeholder={words.typeTitle(step.type)}
          maxLength={80}
          readOnly={!canEdit}
          onChange={(event) => setTitle(step.id, event.target.value)}
          onKeyDown={(event) => event.key === "Enter" && event.currentTarget.blur()}
          className="-mx-1 block w-full truncate rounded-xs bg-transparent px-1 font-semibold text-base placeholder:text-ink hover:bg-hover focus:bg-surface focus-visible:-outline-offset-1"
        />
        <p className="truncate text-secondary text-xs">
          {step.title
            ? t("position", { type: words.typeTitle(step.type), number, count: graph.nodes.length })
            : t("place", { number, count: graph.nodes.length })}
        </p>
      </div>
      {canEdit ? (
        <DropdownMenu>
          <DropdownMenuTrigger asChild>
            <Button variant="quiet" size="dense" aria-label={t("more")} className="w-7 px-0">
              <Ellipsis aria-hidden />
            </Button>
          </DropdownMenuTrigger>
          <DropdownMenuContent>
            <DropdownMenuItem icon={CopyPlus} onSelect={() => duplicate([step.id])} shortcut="Ctrl D">
              {t("duplicate")}
            </DropdownMenuItem>
            <DropdownMenuItem icon={Trash2} isDanger onSelect={() => deleteStep(step.id)} shortcut="Del">
              {t("delete")}
            </DropdownMenuItem>
          </DropdownMenuContent>
        </DropdownMenu>
      ) : null}
      <IconButton size="dense" icon={X} label={common("close")} onClick={() => setInspectorOpen(false)} />
    </header>
  );
}
