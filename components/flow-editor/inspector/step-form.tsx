"use client";

import { CopyPlus, Ellipsis, Trash2, X } from "lucide-react";
import { useId } from "react";
import { useTranslations } from "use-intl";
import type { z } from "zod";
import { StepIcon } from "#components/flow-canvas/step-icon.tsx";
import { dataForMode, readFields } from "#components/flow-words/read-fields.ts";
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
import { Select } from "#components/ui/select.tsx";
import { isFree } from "#flow/free-message.ts";
import type { GraphNode } from "#flow/graph.ts";
import { nodeTypeOf } from "#flow/nodes/index.ts";
import { useEditor, useEditorActions } from "../editor-state/editor-context.tsx";
import { flowOrder } from "../editor-state/flow-order.ts";
import { StepField } from "../fields/step-field.tsx";
import { BeforeItLeaves } from "./before-it-leaves.tsx";
import { ProblemCards } from "./problem-cards.tsx";
import { StepComments } from "./step-comments.tsx";
import { StepExperiment } from "./step-experiment.tsx";

/** A step's settings, read from its type's schema: problems first, then sentence and field, one after another. */
export function StepForm({ step }: { step: GraphNode }) {
  const problems = useEditor((state) => state.problemsOf.get(step.id)) ?? [];
  const canEdit = useEditor((state) => state.canEdit);
  const { setData, replaceData } = useEditorActions();
  const words = useStepWords();
  const problemWords = useProblemWords();
  const baseId = useId();
  const type = nodeTypeOf(step.type);
  const message = messageOf(
    step,
    useEditor((state) => state.catalog),
  );
  const form = type ? readFields(type.config, step.data) : { mode: null, fields: [] };
  return (
    <>
      <StepHead step={step} />
      <div className="min-h-0 flex-1 overflow-y-auto">
        <StepComments stepId={step.id} />
        <ProblemCards problems={problems} />
        <fieldset disabled={!canEdit} data-fields className="min-w-0 divide-y divide-border">
          {form.mode ? (
            <div className="space-y-1.5 px-4 py-3.5" data-field={form.mode.name}>
              <label htmlFor={`${baseId}-mode`} className="block text-secondary text-sm">
                {words.field(step.type, form.mode.name)}
              </label>
              <ModeSelect
                id={`${baseId}-mode`}
                step={step}
                mode={form.mode}
                onChange={(option) =>
                  type &&
                  form.mode &&
                  replaceData(step.id, dataForMode(type.config, { name: form.mode.name, option }, step.data))
                }
              />
            </div>
          ) : null}
          {form.fields.map((field) => {
            const problem = problems.find(
              (candidate) => candidate.severity === "error" && candidate.field?.split(".")[0] === field.name,
            );
            return (
              <div key={field.name} className="px-4 py-3.5">
                <StepField
                  id={`${baseId}-${field.name}`}
                  widget={field.widget}
                  nodeId={step.id}
                  type={step.type}
                  name={field.name}
                  label={words.field(step.type, field.label)}
                  help={words.fieldHelp(step.type, field.label)}
                  value={field.name in step.data ? step.data[field.name] : usual(field.schema)}
                  schema={field.schema}
                  data={step.data}
                  isInvalid={problem !== undefined}
                  error={problem ? problemWords(problem).title : undefined}
                  onChange={(value) => setData(step.id, { [field.name]: value }, field.name)}
                  onChangeData={(change) => setData(step.id, change)}
                />
              </div>
            );
          })}
          <StepExperiment step={step} />
          {message ? <BeforeItLeaves isFree={message.languages.some(isFree)} /> : null}
        </fieldset>
      </div>
    </>
  );
}

/** What holds while nothing was chosen; undefined: nothing does. */
const usual = (schema: z.ZodType): unknown => schema.safeParse(undefined).data;

type ModeSelectProps = {
  id: string;
  step: GraphNode;
  mode: { name: string; options: string[]; chosen: string };
  onChange: (option: string) => void;
};

function ModeSelect({ id, step, mode, onChange }: ModeSelectProps) {
  const words = useStepWords();
  const options = mode.options.map((option) => ({ value: option, label: words.option(step.type, mode.name, option) }));
  return (
    <Select
      id={id}
      aria-label={words.field(step.type, mode.name)}
      options={options}
      value={mode.chosen}
      onValueChange={onChange}
    />
  );
}

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
          className="-mx-1 block w-full truncate rounded-xs bg-transparent px-1 font-semibold text-base placeholder:text-ink hover:bg-hover focus:bg-surface"
        />
        <p className="truncate text-secondary text-xs">
          {t("position", { type: words.typeTitle(step.type), number, count: graph.nodes.length })}
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
