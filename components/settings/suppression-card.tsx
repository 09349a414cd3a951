"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { inferRouterOutputs } from "@trpc/server";
import { Trash2 } from "lucide-react";
import { useState } from "react";
import { toast } from "sonner";
import { useFormatter, useTranslations } from "use-intl";
import { useTRPC } from "#components/trpc-provider/trpc-provider.tsx";
import { useErrorWords } from "#components/trpc-provider/use-error-words.ts";
import { AlertDialog } from "#components/ui/alert-dialog.tsx";
import { Button } from "#components/ui/button.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import { ScrollArea } from "#components/ui/scroll-area.tsx";
import { Section } from "#components/ui/section.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import type { AppRouter } from "#server/router.ts";
import { ImportDialog } from "./import-dialog.tsx";

type Entry = inferRouterOutputs<AppRouter>["settings"]["suppressions"]["newest"][number];

/** Who gets no message at all: how many, the newest, and the way to add a list. */
export function SuppressionCard() {
  const t = useTranslations("settings.list");
  const common = useTranslations("common");
  const settings = useTranslations("settings");
  const trpc = useTRPC();
  const [isImporting, setImporting] = useState(false);
  const query = useQuery(trpc.settings.suppressions.queryOptions());
  return (
    <Section title={t("title")} help={t("help")}>
      {query.isPending ? (
        <Skeleton className="h-8 w-56" />
      ) : query.isError ? (
        <ErrorState title={settings("failedTitle")} retryLabel={common("retry")} onRetry={() => query.refetch()} />
      ) : (
        <>
          <div className="flex flex-wrap items-center justify-between gap-3">
            <p className="text-sm" role="status">
              {t("entries", { count: query.data.entries })}
            </p>
            <Button onClick={() => setImporting(true)}>{t("import")}</Button>
          </div>
          {query.data.newest.length > 0 ? <Entries entries={query.data.newest} total={query.data.entries} /> : null}
        </>
      )}
      {isImporting ? <ImportDialog onClose={() => setImporting(false)} /> : null}
    </Section>
  );
}

function Entries({ entries, total }: { entries: Entry[]; total: number }) {
  const t = useTranslations("settings.list");
  const format = useFormatter();
  const [removing, setRemoving] = useState<Entry | null>(null);
  return (
    <section>
      <h3 className="mb-1.5 font-medium text-secondary text-xs">{t("newest")}</h3>
      <ScrollArea as="ul" className="max-h-64 divide-y divide-border overflow-y-auto rounded-md border border-border">
        {entries.map((entry) => (
          <li key={`${entry.kind} ${entry.value}`} className="flex items-center gap-3 py-1 pr-1.5 pl-3">
            <span className="min-w-0 flex-1">
              <span className="tabular block truncate text-sm">{entry.value}</span>
              <span className="block truncate text-secondary text-xs">
                {entry.note}, {t("added", { date: format.dateTime(entry.addedAt, { dateStyle: "medium" }) })}
              </span>
            </span>
            <IconButton
              size="dense"
              icon={Trash2}
              label={t("remove", { value: entry.value })}
              onClick={() => setRemoving(entry)}
            />
          </li>
        ))}
      </ScrollArea>
      {total > entries.length ? (
        <p className="mt-1.5 text-secondary text-xs">{t("more", { count: total - entries.length })}</p>
      ) : null}
      {removing ? <RemoveDialog entry={removing} onClose={() => setRemoving(null)} /> : null}
    </section>
  );
}

function RemoveDialog({ entry, onClose }: { entry: Entry; onClose: () => void }) {
  const t = useTranslations("settings.list");
  const common = useTranslations("common");
  const errorWords = useErrorWords();
  const trpc = useTRPC();
  const client = useQueryClient();
  const { kind, value } = entry;
  const remove = useMutation(
    trpc.settings.removeListed.mutationOptions({
      onSuccess: () => toast.success(t("removed")),
      onError: (error) => toast.error(errorWords(error)),
      onSettled: async () => {
        onClose();
        await client.invalidateQueries(trpc.settings.suppressions.queryFilter());
      },
    }),
  );
  return (
    <AlertDialog
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={t("removeTitle", { value })}
      cancelLabel={common("cancel")}
      confirmLabel={t("removeYes")}
      onConfirm={() => remove.mutate({ kind, value })}
      description={t("removeBody")}
    />
  );
}
