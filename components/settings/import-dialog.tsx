"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { inferRouterOutputs } from "@trpc/server";
import { useState } from "react";
import { toast } from "sonner";
import { useTranslations } from "use-intl";
import { useTRPC } from "#components/trpc-provider/trpc-provider.tsx";
import { useErrorWords } from "#components/trpc-provider/use-error-words.ts";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import type { AppRouter } from "#server/router.ts";
import { decodeText } from "./decode-text.ts";

type Outcome = inferRouterOutputs<AppRouter>["settings"]["previewList"];

const mostBytes = 1_500_000;
const shortestNote = 3;

/** Reads a file, shows what it would do row by row where one is wrong, and only then puts it on the list. */
export function ImportDialog({ onClose }: { onClose: () => void }) {
  const t = useTranslations("settings.list");
  const common = useTranslations("common");
  const errorWords = useErrorWords();
  const trpc = useTRPC();
  const client = useQueryClient();
  const [text, setText] = useState<string | null>(null);
  const [fileProblem, setFileProblem] = useState<string | undefined>();
  const [note, setNote] = useState("");
  const [isNoteShort, setNoteShort] = useState(false);
  const check = useMutation(
    trpc.settings.previewList.mutationOptions({ onError: (error) => setFileProblem(errorWords(error)) }),
  );
  const add = useMutation(
    trpc.settings.importList.mutationOptions({
      onSuccess: async ({ added }) => {
        toast.success(t("done", { count: added }));
        onClose();
        await client.invalidateQueries(trpc.settings.suppressions.queryFilter());
      },
      onError: (error) => toast.error(errorWords(error)),
    }),
  );
  const choose = async (file: File | undefined) => {
    check.reset();
    setFileProblem(file && file.size > mostBytes ? t("tooLarge") : undefined);
    if (!file || file.size > mostBytes) return setText(null);
    const content = decodeText(new Uint8Array(await file.arrayBuffer()));
    setText(content);
    check.mutate({ text: content });
  };
  const save = () => {
    if (text === null) return setFileProblem(t("noFile"));
    if (note.trim().length < shortestNote) return setNoteShort(true);
    add.mutate({ text, note });
  };
  return (
    <Dialog
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={t("importTitle")}
      description={t("importBody")}
      closeLabel={common("close")}
      footer={
        <>
          <Button onClick={onClose}>{common("cancel")}</Button>
          <Button variant="primary" disabled={!check.data?.added} isBusy={add.isPending} onClick={save}>
            {t("importYes", { count: check.data?.added ?? 0 })}
          </Button>
        </>
      }
    >
      <div className="space-y-4">
        <Field label={t("file")} error={fileProblem} help={check.isPending ? t("checking") : undefined}>
          <Input
            type="file"
            accept=".csv,.txt,text/csv,text/plain"
            className="h-auto py-1.5"
            onChange={({ target }) => void choose(target.files?.[0])}
          />
        </Field>
        {check.data ? <OutcomeWords outcome={check.data} /> : null}
        <Field label={t("note")} error={isNoteShort && note.trim().length < shortestNote ? t("noteNeeded") : undefined}>
          <Input
            value={note}
            maxLength={200}
            placeholder={t("notePlaceholder")}
            onChange={({ target }) => setNote(target.value)}
          />
        </Field>
      </div>
    </Dialog>
  );
}

function OutcomeWords({ outcome }: { outcome: Outcome }) {
  const t = useTranslations("settings.list");
  const { added, known, repeated, people, waiting, problems, problemCount } = outcome;
  return (
    <div className="space-y-3 text-sm" role="status">
      <div className="rounded-md border border-border bg-sunken px-3 py-2">
        <p className="font-medium">{t("adds", { count: added })}</p>
        {known > 0 ? <p className="text-secondary text-xs">{t("known", { count: known })}</p> : null}
        {repeated > 0 ? <p className="text-secondary text-xs">{t("repeated", { count: repeated })}</p> : null}
        <p className="text-secondary text-xs">{t("people", { people, waiting })}</p>
      </div>
      {problemCount > 0 ? (
        <section>
          <h3 className="mb-1 font-medium text-danger text-xs">{t("problemsTitle", { count: problemCount })}</h3>
          <ul className="max-h-40 divide-y divide-border overflow-y-auto rounded-md border border-border text-xs">
            {problems.map(({ row, value, problem }) => (
              <li key={row} className="flex flex-wrap gap-x-3 px-3 py-1.5">
                <span className="tabular w-16 shrink-0 text-secondary">{t("row", { row })}</span>
                <span className="min-w-0 flex-1 truncate font-mono">{value}</span>
                <span className="text-danger">{t(`problems.${problem}`)}</span>
              </li>
            ))}
          </ul>
          {problemCount > problems.length ? (
            <p className="mt-1 text-secondary text-xs">
              {t("moreProblems", { count: problemCount - problems.length })}
            </p>
          ) : null}
        </section>
      ) : null}
    </div>
  );
}
