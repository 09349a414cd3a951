"use client";

import { useTranslations } from "use-intl";
import { Button } from "#components/ui/button.tsx";
import { Select } from "#components/ui/select.tsx";
import type { FieldProps } from "./field-props.ts";
import { AddItem, ListItem } from "./list-frame.tsx";
import { freeId, listOf, removeAt, replaceAt, textOf } from "./list-value.ts";
import { RuleField } from "./rule-field.tsx";
import { EventNameField } from "./simple-fields.tsx";

const kinds = ["event", "reply", "click", "status"];
const statuses = ["delivered", "read", "failed"];

/** What a wait-until step listens for; the first to come is the way taken. */
export function SourcesField({ id, value, isInvalid, onChange }: FieldProps) {
  const t = useTranslations("flowEditor.sources");
  const sources = listOf(value);
  const taken = sources.map((source) => source.id);
  const set = (index: number, source: Record<string, unknown>) => onChange(replaceAt(sources, index, source));
  return (
    <div className="space-y-2">
      {sources.map((source, index) => (
        <ListItem
          key={textOf(source.id)}
          removeLabel={t("remove", { number: index + 1 })}
          onRemove={sources.length > 1 ? () => onChange(removeAt(sources, index)) : null}
        >
          <Select
            isDense
            aria-label={t("kind", { number: index + 1 })}
            options={kinds.map((kind) => ({ value: kind, label: t(`kinds.${kind}`) }))}
            value={textOf(source.kind)}
            onValueChange={(kind) => set(index, { ...start(kind), id: source.id })}
          />
          {source.kind === "event" ? (
            <EventSource
              id={index === 0 ? id : `${id}-${index}`}
              source={source}
              isInvalid={isInvalid}
              onChange={(next) => set(index, next)}
            />
          ) : null}
          {source.kind === "status" ? (
            <Select
              isDense
              aria-label={t("status")}
              options={statuses.map((status) => ({ value: status, label: t(`statuses.${status}`) }))}
              value={textOf(source.status)}
              onValueChange={(status) => set(index, { ...source, status })}
            />
          ) : null}
        </ListItem>
      ))}
      <AddItem onClick={() => onChange([...sources, { ...start("event"), id: freeId("or", taken) }])}>
        {t("add")}
      </AddItem>
    </div>
  );
}

const start = (kind: string): Record<string, unknown> =>
  kind === "event" ? { kind, event: "" } : kind === "status" ? { kind, status: "read" } : { kind };

type EventSourceProps = {
  id: string;
  source: Record<string, unknown>;
  isInvalid: boolean;
  onChange: (source: Record<string, unknown>) => void;
};

function EventSource({ id, source, isInvalid, onChange }: EventSourceProps) {
  const t = useTranslations("flowEditor.sources");
  return (
    <>
      <EventNameField
        id={id}
        label={t("event")}
        value={source.event}
        isInvalid={isInvalid && !source.event}
        onChange={(event) => onChange({ ...source, event })}
      />
      {source.rule ? (
        <RuleField
          label={t("onlyIf")}
          value={source.rule}
          eventName={textOf(source.event)}
          onChange={(rule) => onChange({ ...source, rule })}
        />
      ) : (
        <Button
          variant="link"
          className="text-xs"
          onClick={() => onChange({ ...source, rule: { all: [{ path: "", op: "eq", value: "" }] } })}
        >
          {t("addRule")}
        </Button>
      )}
    </>
  );
}
