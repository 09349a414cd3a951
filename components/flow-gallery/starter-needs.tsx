"use client";

import { useQuery } from "@tanstack/react-query";
import { CircleAlert, CircleCheck, Goal, type LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { useTRPC } from "#components/trpc-provider/trpc-provider.tsx";
import { cn } from "#components/ui/cn.ts";
import { namedEvents } from "#flow/named-events.ts";
import type { Starter } from "#flow/starters/index.ts";

/** What the starter needs to run: what is there already, and what will be done about the rest. */
export function StarterNeeds({ starter }: { starter: Starter }) {
  const t = useTranslations("flowGallery.needs");
  const trpc = useTRPC();
  const readiness = useQuery(trpc.flows.readiness.queryOptions());
  const catalog = useQuery(trpc.flows.catalog.queryOptions());
  const events = namedEvents(starter.graph);
  const seen = new Set(readiness.data?.seenEvents);
  const approved = new Set(
    catalog.data?.templates
      .filter((template) => template.languages.some((language) => language.status === "approved"))
      .map((template) => template.name),
  );
  const known = new Set(catalog.data?.templates.map((template) => template.name));
  const { goal } = starter.graph.settings;
  const areSeen = events.every((name) => seen.has(name));
  const areApproved = starter.templates.every((template) => approved.has(template.name));
  const areKnown = starter.templates.every((template) => known.has(template.name));
  return (
    <section className="px-4 py-3">
      <h3 className="font-semibold text-sm">{t("title")}</h3>
      <ul className="mt-1.5 space-y-1 text-sm">
        <Need isThere={areSeen} note={areSeen ? t("seen") : t("notSeen")}>
          {t.rich("events", {
            count: events.length,
            names: () => <span className="font-mono text-xs">{events.join(", ")}</span>,
          })}
        </Need>
        <Need isThere={Boolean(readiness.data?.number)} note={readiness.data?.number ?? t("noNumber")}>
          {t("number")}
        </Need>
        <Need isThere={areApproved} note={areApproved ? t("approved") : areKnown ? t("asDrafts") : t("draftsMade")}>
          {t("templates", { count: starter.templates.length })}
        </Need>
        {goal ? (
          <Need isThere icon={Goal}>
            {t("goal", { event: goal.event, days: Math.round(goal.windowHours / 24) || 1 })}
          </Need>
        ) : null}
      </ul>
    </section>
  );
}

function Need({
  isThere,
  icon,
  note,
  children,
}: {
  isThere: boolean;
  icon?: LucideIcon;
  note?: ReactNode;
  children: ReactNode;
}) {
  const Icon = icon ?? (isThere ? CircleCheck : CircleAlert);
  return (
    <li className="flex items-start gap-2">
      <Icon
        aria-hidden
        className={cn("mt-px size-4 shrink-0", icon ? "text-secondary" : isThere ? "text-success" : "text-warning")}
      />
      <span className="min-w-0 flex-1 [overflow-wrap:anywhere]">{children}</span>
      {note ? (
        <span className={cn("shrink-0 text-xs leading-[18px]", isThere ? "text-secondary" : "text-warning")}>
          {note}
        </span>
      ) : null}
    </li>
  );
}
