"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { CircleCheck, CircleStop, Download, Info } from "lucide-react";
import { useState } from "react";
import { toast } from "sonner";
import { useFormatter, useTranslations } from "use-intl";
import { useTRPC, useTRPCClient } from "#components/trpc-provider/trpc-provider.tsx";
import { useErrorWords } from "#components/trpc-provider/use-error-words.ts";
import { AlertDialog } from "#components/ui/alert-dialog.tsx";
import { Button } from "#components/ui/button.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { cn } from "#components/ui/cn.ts";
import { Meter } from "#components/ui/meter.tsx";
import { saveFile } from "#components/ui/save-file.ts";
import type { FoundImport } from "./import-types.ts";
import { RowsToLookAt } from "./rows-to-look-at.tsx";

/** How far the import is, with the counts that add up to the rows done, and the rows that somebody should look at. */
export function ProgressStep({ found }: { found: FoundImport }) {
  const t = useTranslations("audiences.import.progress");
  const format = useFormatter();
  const isRunning = found.state === "running";
  const counts = [
    ["created", found.created],
    ["updated", found.updated],
    ["withoutConsent", found.withoutConsent],
    ["refused", found.refused],
  ] as const;
  return (
    <div className="space-y-4">
      <section aria-label={t("label")} className="rounded-lg border border-border p-3.5">
        <p aria-live="polite" className="tabular font-semibold">
          {t("done", { done: format.number(found.done), rows: format.number(found.rows) })}
        </p>
        <Meter
          of="progress"
          tone={isRunning ? "accent" : found.state === "done" ? "success" : "neutral"}
          share={found.rows === 0 ? 0 : found.done / found.rows}
          label={t("label")}
          className="mt-2"
        />
        <dl className="mt-3 grid grid-cols-4 gap-2">
          {counts.map(([name, rows]) => (
            <div key={name} className="flex flex-col-reverse justify-end">
              <dt className="text-secondary text-xs">{t(name)}</dt>
              <dd className={cn("tabular font-semibold", name === "refused" && rows > 0 && "text-danger")}>
                {format.number(rows)}
              </dd>
            </div>
          ))}
        </dl>
        {isRunning ? (
          <Callout tone="info" icon={Info} className="mt-3">
            {t("mayClose")}
          </Callout>
        ) : (
          <Callout
            tone={found.state === "done" ? "success" : "neutral"}
            icon={found.state === "done" ? CircleCheck : CircleStop}
            className="mt-3"
          >
            {t(found.state === "done" ? "isDone" : "isStopped", { count: found.done - found.refused })}
          </Callout>
        )}
      </section>
      <RowsToLookAt importId={found.id} count={found.refused + found.withoutConsent} />
      <Foot found={found} />
    </div>
  );
}

function Foot({ found }: { found: FoundImport }) {
  const t = useTranslations("audiences.import.progress");
  const format = useFormatter();
  const trpc = useTRPC();
  const calls = useTRPCClient();
  const client = useQueryClient();
  const errorWords = useErrorWords();
  const [isAsking, setAsking] = useState(false);
  const stop = useMutation(
    trpc.imports.stop.mutationOptions({
      onSuccess: async () => {
        setAsking(false);
        await client.invalidateQueries(trpc.imports.pathFilter());
      },
      onError: (error) => toast.error(errorWords(error)),
    }),
  );
  const download = useMutation({
    mutationFn: () => calls.imports.refused.query({ importId: found.id }),
    onSuccess: ({ name, csv }) => saveFile(name, csv, "text/csv"),
    onError: (error) => toast.error(errorWords(error)),
  });
  const saved = found.done - found.refused;
  return (
    <div className="flex flex-wrap justify-between gap-2">
      <Button
        isBusy={download.isPending}
        disabled={found.refused + found.withoutConsent === 0}
        onClick={() => download.mutate()}
      >
        <Download aria-hidden />
        {t("download")}
      </Button>
      {found.state === "running" ? (
        <Button className="text-danger" onClick={() => setAsking(true)}>
          {t("stop")}
        </Button>
      ) : null}
      <AlertDialog
        open={isAsking}
        onOpenChange={setAsking}
        isDanger
        isBusy={stop.isPending}
        title={t("stopTitle")}
        description={t("stopBody", {
          saved: format.number(saved),
          left: format.number(Math.max(0, found.rows - found.done)),
          count: Math.max(0, found.rows - found.done),
        })}
        confirmLabel={t("stopYes")}
        cancelLabel={t("keep")}
        onConfirm={() => stop.mutate({ importId: found.id })}
      />
    </div>
  );
}
