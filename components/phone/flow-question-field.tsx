"use client";

import { type ReactNode, useId } from "react";
import { useTranslations } from "use-intl";
import { cn } from "#components/ui/cn.ts";
import type { FlowValue } from "./flow-form-state.ts";
import type { FlowQuestion } from "./flow-json.ts";

type FlowQuestionFieldProps = {
  question: FlowQuestion;
  value: FlowValue | undefined;
  isMissing: boolean;
  onChange: (value: FlowValue) => void;
};

const box =
  "w-full rounded-md border border-wa-tick bg-transparent px-2.5 text-sm focus-visible:outline-1 focus-visible:outline-wa-accent focus-visible:outline-offset-0 aria-invalid:border-danger";

/** One question of a form, in the look its author chose. */
export function FlowQuestionField({ question, value, isMissing, onChange }: FlowQuestionFieldProps) {
  const t = useTranslations("phone.form");
  const text = typeof value === "string" ? value : "";
  switch (question.look) {
    case "line":
    case "date":
      return (
        <Labelled question={question} isMissing={isMissing}>
          {(props) => (
            <input
              {...props}
              type={question.look === "date" ? "date" : question.inputType}
              value={text}
              onChange={(event) => onChange(event.target.value)}
              className={cn(box, "h-9")}
            />
          )}
        </Labelled>
      );
    case "lines":
      return (
        <Labelled question={question} isMissing={isMissing}>
          {(props) => (
            <textarea
              {...props}
              rows={3}
              value={text}
              onChange={(event) => onChange(event.target.value)}
              className={cn(box, "block resize-none py-1.5")}
            />
          )}
        </Labelled>
      );
    case "dropdown":
      return (
        <Labelled question={question} isMissing={isMissing}>
          {(props) => (
            <select
              {...props}
              value={text}
              onChange={(event) => onChange(event.target.value)}
              className={cn(box, "h-9 bg-wa-bar")}
            >
              <option value="">{t("choose")}</option>
              {question.choices.map((choice) => (
                <option key={choice.id} value={choice.id}>
                  {choice.title}
                </option>
              ))}
            </select>
          )}
        </Labelled>
      );
    default:
      return <Ticked question={question} value={value} isMissing={isMissing} onChange={onChange} />;
  }
}

type FieldProps = {
  id: string;
  required: boolean;
  "aria-invalid": boolean | undefined;
  "aria-describedby": string | undefined;
};
type LabelledProps = { question: FlowQuestion; isMissing: boolean; children: (props: FieldProps) => ReactNode };

function Labelled({ question, isMissing, children }: LabelledProps) {
  const id = useId();
  const helpId = question.help ? `${id}-help` : undefined;
  return (
    <div className="space-y-1">
      <label htmlFor={id} className="block text-wa-secondary text-xs">
        {question.label}
        <Optional question={question} />
      </label>
      {children({
        id,
        required: question.isRequired,
        "aria-invalid": isMissing || undefined,
        "aria-describedby": helpId,
      })}
      {question.help ? (
        <p id={helpId} className="text-[11.5px] text-wa-secondary leading-4">
          {question.help}
        </p>
      ) : null}
    </div>
  );
}

function Optional({ question }: { question: FlowQuestion }) {
  const t = useTranslations("phone.form");
  return question.isRequired ? null : <span className="font-normal text-wa-secondary"> ({t("optional")})</span>;
}

function Ticked({ question, value, isMissing, onChange }: FlowQuestionFieldProps) {
  const group = useId();
  const chosen = Array.isArray(value) ? value : [];
  if (question.look === "opt-in") {
    return (
      <TickRow
        kind="checkbox"
        title={question.label}
        isOn={value === true}
        isMissing={isMissing}
        onTick={() => onChange(value !== true)}
      />
    );
  }
  const isRadio = question.look === "radio";
  const toggled = (id: string) => (chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id]);
  const isFull = question.most !== undefined && chosen.length >= question.most;
  return (
    <fieldset>
      <legend className="mb-0.5 text-wa-secondary text-xs">
        {question.label}
        <Optional question={question} />
      </legend>
      {question.choices.map((choice) => (
        <TickRow
          key={choice.id}
          kind={isRadio ? "radio" : "checkbox"}
          group={group}
          title={choice.title}
          description={choice.description}
          isOn={isRadio ? value === choice.id : chosen.includes(choice.id)}
          isDisabled={!isRadio && isFull && !chosen.includes(choice.id)}
          isMissing={isMissing}
          onTick={() => onChange(isRadio ? choice.id : toggled(choice.id))}
        />
      ))}
    </fieldset>
  );
}

type TickRowProps = {
  kind: "radio" | "checkbox";
  /** Radios of one question: arrow keys go from one to the next. */
  group?: string;
  title: string;
  description?: string;
  isOn: boolean;
  isDisabled?: boolean;
  isMissing: boolean;
  onTick: () => void;
};

const TickRow = ({ kind, group, title, description, isOn, isDisabled, isMissing, onTick }: TickRowProps) => (
  <label className="flex cursor-pointer items-center gap-3 py-1.5 text-sm">
    <span className="min-w-0 flex-1">
      <span className="block">{title}</span>
      {description ? <span className="block text-wa-secondary text-xs">{description}</span> : null}
    </span>
    <input
      type={kind}
      name={group}
      checked={isOn}
      disabled={isDisabled}
      aria-invalid={isMissing || undefined}
      onChange={onTick}
      className="size-[18px] shrink-0 accent-wa-press aria-invalid:outline aria-invalid:outline-danger"
    />
  </label>
);
