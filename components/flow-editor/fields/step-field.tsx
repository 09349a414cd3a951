"use client";

import type { ComponentType } from "react";
import { ArmsField } from "./arms-field.tsx";
import { BindingsField } from "./bindings-field.tsx";
import { BranchesField } from "./branches-field.tsx";
import { ChangesField } from "./changes-field.tsx";
import { ChannelField } from "./channel-field.tsx";
import { DurationField } from "./duration-field.tsx";
import type { FieldProps } from "./field-props.ts";
import { FlowField } from "./flow-field.tsx";
import { CsatField } from "./free-message/csat-field.tsx";
import { FreeMessageField } from "./free-message/free-message-field.tsx";
import { PathField } from "./path-field.tsx";
import { KeyPathsField, KeyValuesField } from "./record-fields.tsx";
import { RuleField } from "./rule-field.tsx";
import { ScheduleField } from "./schedule-field.tsx";
import { SegmentField } from "./segment-field.tsx";
import {
  ClockTimeField,
  EventNameField,
  LongTextField,
  NodeField,
  NumberField,
  SelectField,
  TextField,
  UrlField,
} from "./simple-fields.tsx";
import { SourcesField } from "./sources-field.tsx";
import { TemplateField } from "./template-field.tsx";
import { WeekdaysField } from "./weekdays-field.tsx";
import { WordsField } from "./words-field.tsx";

/** The widgets a step's schema may name by `.meta({ field })`. `isGroup`: several controls, so the label is a heading. */
const widgets: Record<string, { Widget: ComponentType<FieldProps>; isGroup?: boolean }> = {
  "event-name": { Widget: EventNameField },
  rule: { Widget: RuleField, isGroup: true },
  template: { Widget: TemplateField },
  "free-message": { Widget: FreeMessageField, isGroup: true },
  bindings: { Widget: BindingsField, isGroup: true },
  duration: { Widget: DurationField },
  "clock-time": { Widget: ClockTimeField },
  branches: { Widget: BranchesField, isGroup: true },
  arms: { Widget: ArmsField, isGroup: true },
  sources: { Widget: SourcesField, isGroup: true },
  changes: { Widget: ChangesField, isGroup: true },
  "key-values": { Widget: KeyValuesField, isGroup: true },
  "key-paths": { Widget: KeyPathsField, isGroup: true },
  text: { Widget: TextField },
  "long-text": { Widget: LongTextField },
  number: { Widget: NumberField },
  select: { Widget: SelectField },
  url: { Widget: UrlField },
  path: { Widget: PathField },
  node: { Widget: NodeField },
  csat: { Widget: CsatField, isGroup: true },
  weekdays: { Widget: WeekdaysField, isGroup: true },
  words: { Widget: WordsField },
  channel: { Widget: ChannelField },
  segment: { Widget: SegmentField },
  flow: { Widget: FlowField },
  schedule: { Widget: ScheduleField, isGroup: true },
};

/** One setting of a step: its sentence, then the widget its schema names. */
export function StepField({
  widget,
  help,
  error,
  ...props
}: FieldProps & { widget: string; help?: string; error?: string }) {
  const { Widget, isGroup } = widgets[widget] ?? { Widget: TextField };
  return (
    <div className="space-y-1.5" data-field={props.name}>
      {isGroup ? (
        <h3 className="font-semibold text-sm tracking-normal">{props.label}</h3>
      ) : (
        <label htmlFor={props.id} className="block text-secondary text-sm">
          {props.label}
        </label>
      )}
      <Widget {...props} />
      {error ? (
        <p className="text-danger text-xs">{error}</p>
      ) : help ? (
        <p className="text-secondary text-xs">{help}</p>
      ) : null}
    </div>
  );
}
