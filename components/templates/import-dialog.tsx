"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { CircleCheck, CircleX } from "lucide-react";
import { useState } from "react";
import { toast } from "sonner";
import { useLocale, useTranslations } from "use-intl";
import { languageName } from "#components/template-words/language-name.ts";
import { useTRPC } from "#components/trpc-provider/trpc-provider.tsx";
import { useErrorWords } from "#components/trpc-provider/use-error-words.ts";
import { Button } from "#components/ui/button.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { Chip } from "#components/ui/chip.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { DropZone } from "#components/ui/drop-zone.tsx";
import type { ImportPlan } from "./template-row.ts";

type Chosen = { format: "csv" | "json"; text: string };

/** Takes templates from a file: first what would happen row by row, then it happens. What cannot be taken costs nothing else its place. */
export function ImportDialog({ onClose }: { onClose: () => void }) {
  const t = useTranslations("templates.import");
  const [file, setFile] = useState<Chosen | null>(null);
  const { preview, take } = useImport(onClose);
  const plan = preview.data;
  const wanted = plan?.templates.filter((one) => one.act !== "none").length ?? 0;
  const read = async (chosen: File | undefined) => {
    if (!chosen) return;
    const next: Chosen = { format: /\.json$/i.test(chosen.name) ? "json" : "csv", text: await chosen.text() };
    setFile(next);
    preview.mutate(next);
  };
  return (
    <Dialog
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={t("title")}
      description={t("description")}
      closeLabel={t("close")}
      className="max-w-2xl"
      footer={
        <>
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button
            variant="primary"
            disabled={!file || wanted === 0}
            isBusy={take.isPending || take.isSuccess}
            onClick={() => file && take.mutate(file)}
          >
            {t("take", { count: wanted })}
          </Button>
        </>
      }
    >
      <DropZone onFile={read} accept=".csv,.json,text/csv,application/json" title={t("drop")} help={t("dropHelp")} />
      <div aria-live="polite" className="mt-4 space-y-4">
        {preview.isPending ? <p className="text-secondary text-sm">{t("reading")}</p> : null}
        {plan ? <Plan plan={plan} /> : null}
      </div>
    </Dialog>
  );
}

function useImport(onDone: () => void) {
  const t = useTranslations("templates.import");
  const errorWords = useErrorWords();
  const trpc = useTRPC();
  const client = useQueryClient();
  const say = (error: Parameters<typeof errorWords>[0]) => toast.error(t("failed"), { description: errorWords(error) });
  const preview = useMutation(trpc.templates.previewImport.mutationOptions({ onError: say }));
  const take = useMutation(
    trpc.templates.import.mutationOptions({
      onSuccess: async ({ templates, problems }) => {
        await client.invalidateQueries(trpc.templates.pathFilter());
        const taken = templates.filter((one) => one.act !== "none").length;
        toast.success(t("taken", { count: taken }), {
          description:
            problems.length > 0 ? t("left", { count: new Set(problems.map(({ place }) => place)).size }) : undefined,
        });
        onDone();
      },
      onError: say,
    }),
  );
  return { preview, take };
}

function Plan({ plan: { templates, problems } }: { plan: ImportPlan }) {
  const t = useTranslations("templates.import");
  const locale = useLocale();
  return (
    <>
      {problems.length > 0 ? <Problems problems={problems} /> : null}
      {templates.length === 0 && problems.length === 0 ? (
        <Callout icon={CircleX} tone="warning">
          {t("empty")}
        </Callout>
      ) : null}
      {templates.length > 0 ? (
        <ul aria-label={t("found")} className="divide-y divide-border rounded-md border border-border">
          {templates.map((one) => (
            <li key={one.name} className="flex flex-wrap items-center gap-x-3 gap-y-1 px-3 py-2 text-sm">
              <span className="min-w-0 flex-1 truncate font-mono text-xs">{one.name}</span>
              <span className="text-secondary text-xs">
                {one.languages.map(({ language }) => languageName(language, locale)).join(", ")}
              </span>
              {one.errors > 0 && one.act !== "none" ? (
                <Chip tone="danger">{t("toFix", { count: one.errors })}</Chip>
              ) : null}
              <Chip tone={one.act === "create" ? "success" : one.act === "change" ? "accent" : "neutral"}>
                {t(`acts.${one.act}`)}
              </Chip>
            </li>
          ))}
        </ul>
      ) : null}
      {problems.length === 0 && templates.length > 0 ? (
        <p className="flex items-center gap-1.5 text-secondary text-xs">
          <CircleCheck aria-hidden className="size-3.5 text-success" />
          {t("allReadable")}
        </p>
      ) : null}
    </>
  );
}

function Problems({ problems }: { problems: ImportPlan["problems"] }) {
  const t = useTranslations("templates.import");
  const words = useTranslations("templates.import.problems");
  return (
    <section role="alert" className="rounded-lg border border-danger-border bg-danger-tint px-3.5 py-3">
      <h3 className="flex items-center gap-2 font-semibold text-sm">
        <CircleX aria-hidden className="size-4 text-danger" />
        {t("faults", { count: new Set(problems.map(({ place }) => place)).size })}
      </h3>
      <ul className="mt-2 max-h-48 space-y-1 overflow-y-auto text-sm">
        {problems.map(({ place, rule, field, detail }) => (
          <li key={`${place} ${rule} ${field} ${detail}`}>
            {place ? <b className="mr-1.5 font-semibold">{t("row", { place })}</b> : null}
            {words(rule as Parameters<typeof words>[0], { field, detail })}
          </li>
        ))}
      </ul>
    </section>
  );
}
