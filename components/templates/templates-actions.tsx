"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { ArrowDownUp, FileDown, FileUp, LayoutGrid, Plus, RefreshCw } from "lucide-react";
import Link from "next/link";
import { toast } from "sonner";
import { useTranslations } from "use-intl";
import { useSession } from "#components/session/session-provider.tsx";
import { useTRPC } from "#components/trpc-provider/trpc-provider.tsx";
import { useErrorWords } from "#components/trpc-provider/use-error-words.ts";
import { Button } from "#components/ui/button.tsx";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuTrigger,
} from "#components/ui/dropdown-menu.tsx";
import { saveFile } from "#components/ui/save-file.ts";

/** What one does with all templates: ask WhatsApp, take them out or in, begin a new one. */
export function TemplatesActions({ onNew, onImport }: { onNew: () => void; onImport: () => void }) {
  const t = useTranslations("templates");
  const session = useSession();
  const mayEdit = session.can("edit-templates");
  const sync = useSync();
  const exportAll = useExport();
  return (
    <>
      {session.can("submit-templates") ? (
        <Button variant="quiet" isBusy={sync.isPending} onClick={() => sync.mutate({})}>
          {sync.isPending ? null : <RefreshCw aria-hidden />}
          {t("sync.ask")}
        </Button>
      ) : null}
      <DropdownMenu>
        <DropdownMenuTrigger asChild>
          <Button isBusy={exportAll.isPending}>
            <ArrowDownUp aria-hidden />
            {mayEdit ? t("files.both") : t("files.export")}
          </Button>
        </DropdownMenuTrigger>
        <DropdownMenuContent>
          <DropdownMenuItem icon={FileDown} onSelect={() => exportAll.mutate({ format: "csv" })}>
            {t("files.exportCsv")}
          </DropdownMenuItem>
          <DropdownMenuItem icon={FileDown} onSelect={() => exportAll.mutate({ format: "json" })}>
            {t("files.exportJson")}
          </DropdownMenuItem>
          {mayEdit ? (
            <DropdownMenuItem icon={FileUp} onSelect={onImport}>
              {t("files.import")}
            </DropdownMenuItem>
          ) : null}
        </DropdownMenuContent>
      </DropdownMenu>
      {mayEdit ? (
        <>
          <Button asChild>
            <Link href="/templates/new">
              <LayoutGrid aria-hidden />
              {t("gallery.open")}
            </Link>
          </Button>
          <Button variant="primary" onClick={onNew}>
            <Plus aria-hidden />
            {t("new")}
          </Button>
        </>
      ) : null}
    </>
  );
}

/** Asks WhatsApp now, and says what has changed by it. */
function useSync() {
  const t = useTranslations("templates.sync");
  const status = useTranslations("templates.status");
  const errorWords = useErrorWords();
  const trpc = useTRPC();
  const client = useQueryClient();
  return useMutation(
    trpc.templates.sync.mutationOptions({
      onSuccess: async ({ told, changed, elsewhere, failed }) => {
        await client.invalidateQueries(trpc.templates.pathFilter());
        for (const { channel, detail } of failed) toast.error(t("failedFor", { channel }), { description: detail });
        const lines = [
          ...changed.map((one) => `${one.name}, ${one.language}: ${status(one.status)}`),
          ...(elsewhere.length > 0 ? [t("elsewhere", { count: elsewhere.length })] : []),
        ];
        const title = changed.length > 0 ? t("changed", { count: changed.length }) : t("same", { count: told });
        if (failed.length === 0 || changed.length > 0)
          toast.success(title, { description: lines.slice(0, 6).join("\n") || undefined });
      },
      onError: (error) => toast.error(t("failed"), { description: errorWords(error) }),
    }),
  );
}

function useExport() {
  const t = useTranslations("templates.files");
  const errorWords = useErrorWords();
  const trpc = useTRPC();
  return useMutation(
    trpc.templates.export.mutationOptions({
      onSuccess: ({ fileName, text }) =>
        saveFile(fileName, text, fileName.endsWith(".csv") ? "text/csv;charset=utf-8" : "application/json"),
      onError: (error) => toast.error(t("exportFailed"), { description: errorWords(error) }),
    }),
  );
}
