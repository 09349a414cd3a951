"use client";

import { ArrowLeft, ChevronRight } from "lucide-react";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { inOrder } from "#components/ui/in-order.tsx";
import {
  type FlowFormState,
  fillIn,
  goBack,
  missingAnswers,
  openFlowForm,
  pressAction,
  resolveValue,
  shownScreen,
} from "./flow-form-state.ts";
import type { FlowAction, FlowForm, FlowPart } from "./flow-json.ts";
import { FlowQuestionField } from "./flow-question-field.tsx";
import { PhoneSheet, SheetButton } from "./phone-sheet.tsx";

type FlowSheetProps = {
  form: FlowForm;
  /** Where the message wants it to open, and with what. */
  start?: { screen?: string; data?: Record<string, unknown> };
  onSend: (answers: Record<string, unknown>) => void;
  onClose: () => void;
};

/** A WhatsApp Flow: its screens one after the other in a sheet, until the last one sends the answers. */
export function FlowSheet({ form, start, onSend, onClose }: FlowSheetProps) {
  const t = useTranslations("phone.form");
  const [state, setState] = useState<FlowFormState>(() => openFlowForm(form, start));
  const [isChecked, setChecked] = useState(false);
  const screen = shownScreen(form, state);
  const missing = missingAnswers(form, state);
  const press = (action: FlowAction) => {
    if (missing.length > 0) return setChecked(true);
    const pressed = pressAction(form, state, action);
    setChecked(false);
    return pressed.kind === "moved" ? setState(pressed.state) : onSend(pressed.answers);
  };
  const footer = screen?.parts.find((part) => part.kind === "footer");
  return (
    <PhoneSheet
      title={screen?.title ?? t("form")}
      onClose={onClose}
      footer={
        footer ? (
          <>
            {isChecked && missing.length > 0 ? (
              <p role="alert" className="pb-1.5 text-center text-danger text-xs">
                {t("missing", { count: missing.length })}
              </p>
            ) : null}
            <SheetButton label={footer.label} onPress={() => press(footer.action)} />
          </>
        ) : null
      }
    >
      {state.path.length > 1 ? (
        <button
          type="button"
          onClick={() => setState(goBack(state))}
          className="mb-2 flex items-center gap-1 text-wa-link text-xs"
        >
          <ArrowLeft aria-hidden className="size-3.5" />
          {t("back")}
        </button>
      ) : null}
      <div className="space-y-3" key={screen?.id}>
        {inOrder(screen?.parts ?? [], (part) => (
          <Part
            part={part}
            state={state}
            textOf={(text) => String(resolveValue(form, state, text))}
            isMissing={isChecked && missing.some((question) => question === part)}
            onChange={setState}
            onPress={press}
          />
        ))}
      </div>
    </PhoneSheet>
  );
}

type PartProps = {
  part: FlowPart;
  state: FlowFormState;
  textOf: (text: string) => string;
  isMissing: boolean;
  onChange: (state: FlowFormState) => void;
  onPress: (action: FlowAction) => void;
};

const looks = {
  heading: "font-semibold text-base",
  subheading: "font-semibold text-sm",
  body: "text-sm",
  caption: "text-wa-secondary text-xs",
};

function Part({ part, state, textOf, isMissing, onChange, onPress }: PartProps) {
  switch (part.kind) {
    case "text":
      return <p className={`whitespace-pre-wrap ${looks[part.look]}`}>{textOf(part.text)}</p>;
    case "image":
      return (
        // biome-ignore lint/performance/noImgElement: the form brings its pictures as data
        <img
          src={part.source.startsWith("data:") ? part.source : `data:image/png;base64,${part.source}`}
          alt={part.alt}
          className="mx-auto max-h-36"
        />
      );
    case "link":
      return (
        <button type="button" onClick={() => onPress(part.action)} className="text-sm text-wa-link">
          {part.text}
        </button>
      );
    case "rows":
      return (
        <ul className="divide-y divide-wa-attachment">
          {part.rows.map((row) => (
            <li key={row.title}>
              <button
                type="button"
                onClick={() => onPress(row.action)}
                className="flex w-full items-center gap-2 py-2 text-left text-sm"
              >
                <span className="min-w-0 flex-1">
                  <span className="block font-medium">{textOf(row.title)}</span>
                  <span className="line-clamp-2 text-wa-secondary text-xs">{row.description}</span>
                </span>
                <ChevronRight aria-hidden className="size-4 shrink-0 text-wa-tick" />
              </button>
            </li>
          ))}
        </ul>
      );
    case "question":
      return (
        <FlowQuestionField
          question={part}
          value={state.values[state.path.at(-1) ?? ""]?.[part.name]}
          isMissing={isMissing}
          onChange={(value) => onChange(fillIn(state, part.name, value))}
        />
      );
    case "footer":
      return null;
  }
}
