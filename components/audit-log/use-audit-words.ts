"use client";

import { useTranslations } from "use-intl";
import type { AuditRow } from "./audit-row.ts";

/** Verbs and things of the log in the reader's words; what has none yet is said as it is written. */
export function useAuditWords() {
  const t = useTranslations("auditLog");
  const plain = (name: string) => name.replaceAll("-", " ");
  const named = (room: string, name: string) => (t.has(`${room}.${name}`) ? t(`${room}.${name}`) : plain(name));
  return {
    action: (name: string) => named("actions", name),
    subject: (name: string) => named("subjects", name),
    actor: ({ actor, actorName }: Pick<AuditRow, "actor" | "actorName">) => actorName ?? named("machines", actor),
    machine: (name: string) => named("machines", name),
  };
}
