"use client";

import { useQuery } from "@tanstack/react-query";
import { X } from "lucide-react";
import { useTranslations } from "use-intl";
import { useTRPC } from "#components/trpc-provider/trpc-provider.tsx";
import { Button } from "#components/ui/button.tsx";
import { Combobox } from "#components/ui/combobox.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import type { useAuditFilter } from "./use-audit-filter.ts";
import { useAuditWords } from "./use-audit-words.ts";

type Name = "actor" | "action" | "subject";

/** Person, verb, kind of thing, and time. */
export function AuditFilters({ chosen, choose, isFiltered, clear }: ReturnType<typeof useAuditFilter>) {
  const t = useTranslations("auditLog");
  const words = useAuditWords();
  const trpc = useTRPC();
  const { data } = useQuery(trpc.audit.choices.queryOptions());
  const everything = { value: "", label: t("everything") };
  const byWords = (names: string[] = [], say: (name: string) => string) =>
    names
      .map((value) => ({ value, label: say(value), keywords: [value] }))
      .sort((left, right) => left.label.localeCompare(right.label));
  const options: Record<Name, { value: string; label: string }[]> = {
    actor: [
      ...(data?.people ?? []).map(({ id, name }) => ({ value: id, label: name })),
      ...byWords(data?.machines, words.machine),
    ],
    action: byWords(data?.actions, words.action),
    subject: byWords(data?.subjects, words.subject),
  };
  return (
    <search className="flex flex-wrap items-end gap-3">
      {(["actor", "action", "subject"] as const).map((name) => (
        <Field key={name} label={t(`filters.${name}`)} className="w-full sm:w-40 xl:w-48">
          <Combobox
            options={[everything, ...options[name]]}
            value={chosen[name] ?? ""}
            onValueChange={(value) => choose({ [name]: value || null })}
            placeholder={t("everything")}
            searchPlaceholder={t("searchChoices")}
            emptyText={t("noChoice")}
          />
        </Field>
      ))}
      {(["from", "until"] as const).map((name) => (
        <Field key={name} label={t(`filters.${name}`)} className="w-38">
          <Input
            type="date"
            value={chosen[name] ?? ""}
            onChange={({ target }) => choose({ [name]: target.value || null })}
          />
        </Field>
      ))}
      {isFiltered ? (
        <Button variant="quiet" onClick={clear}>
          <X aria-hidden />
          {t("clear")}
        </Button>
      ) : null}
    </search>
  );
}
