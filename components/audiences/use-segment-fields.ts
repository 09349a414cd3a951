"use client";

import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useTranslations } from "use-intl";
import { readableName } from "#components/flow-words/readable-name.ts";
import { unknownField } from "#components/rule-builder/unknown-field.ts";
import { kindOf, type RuleField } from "#components/rule-builder/value-kind.ts";
import { useTRPC } from "#components/trpc-provider/trpc-provider.tsx";
import type { Rule } from "#flow/rule.ts";
import { countOf, countPath, pathsOf } from "#flow/segment/segment-rule.ts";

/** What a segment can look at, and the field of a path also where nobody has met it. */
export type SegmentFields = { fields: RuleField[]; fieldOf: (path: string) => RuleField; isReady: boolean };

const consentClasses = ["marketing", "service", "transaction", "fraud"];
/** The stretches offered for counting an event, in days. */
const stretches = [7, 30, 90, 365];

/** Attributes that people have, what they agreed to, and the events that were seen. `rule`: its own paths are among them. */
export function useSegmentFields(rule?: Rule): SegmentFields {
  const t = useTranslations("audiences.fields");
  const trpc = useTRPC();
  const attributes = useQuery(trpc.contacts.attributes.queryOptions());
  const events = useQuery(trpc.flows.eventNames.queryOptions());
  return useMemo(() => {
    const fields = new Map<string, RuleField>();
    const add = (field: RuleField) => fields.has(field.path) || fields.set(field.path, field);
    const consentWords = { granted: t("granted"), withdrawn: t("withdrawn"), expired: t("expired") };
    for (const { name, sample, values } of attributes.data ?? []) {
      const own = `own.${name}`;
      add({
        path: `contact.${name}`,
        source: "contact",
        label: t.has(own) ? t(own) : readableName(name),
        kind: name === "tags" ? "list" : kindOf(name, sample, undefined),
        sample: sample ?? undefined,
        values: values ?? undefined,
      });
    }
    add({ path: "contact.firstName", source: "contact", label: t("own.firstName"), kind: "text", sample: undefined });
    for (const purpose of consentClasses)
      add({
        path: `consent.${purpose}`,
        source: "consent",
        label: t(`consent.${purpose}`),
        kind: "text",
        sample: undefined,
        values: Object.keys(consentWords),
        valueWords: consentWords,
      });
    const counts = (path: string, event: string, days: number) =>
      add({ path, source: "past", label: t("count", { event, days }), kind: "number", sample: undefined });
    for (const { name } of events.data ?? [])
      for (const days of stretches) if (!name.includes(" ")) counts(countPath(name, days), name, days);
    for (const path of rule ? pathsOf(rule) : []) {
      const counted = countOf(path);
      if (counted) counts(path, counted.event, counted.days);
    }
    const fieldOf = (path: string): RuleField => {
      const counted = countOf(path);
      if (fields.has(path) || !counted) return fields.get(path) ?? unknownField(path);
      return { ...unknownField(path), source: "past", kind: "number", label: t("count", counted) };
    };
    return { fields: [...fields.values()], fieldOf, isReady: attributes.isSuccess && events.isSuccess };
  }, [attributes.data, attributes.isSuccess, events.data, events.isSuccess, rule, t]);
}
