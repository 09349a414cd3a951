"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { CircleX, TriangleAlert } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { toast } from "sonner";
import { useTranslations } from "use-intl";
import { FlowThumbnail } from "#components/flow-thumbnail/flow-thumbnail.tsx";
import { useTRPC } from "#components/trpc-provider/trpc-provider.tsx";
import { useErrorWords } from "#components/trpc-provider/use-error-words.ts";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { DropZone } from "#components/ui/drop-zone.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import type { FlowCase } from "#flow/flow-case.ts";
import type { Graph } from "#flow/graph.ts";
import { graphShape } from "#flow/graph-shape.ts";
import { validate } from "#flow/validate.ts";
import { type ImportProblem, readImport } from "./read-import.ts";

type Read = { name: string; graph: Graph; cases?: FlowCase[] };

/** Takes a flow from a file. A file with a fault is listed fault by fault and nothing is saved; a good one comes in as a draft. */
export function ImportDialog({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const t = useTranslations("flowGallery");
  const [read, setRead] = useState<Read | null>(null);
  const [faults, setFaults] = useState<ImportProblem[]>([]);
  const { importFlow, isBusy } = useImportFlow();
  const close = () => {
    setRead(null);
    setFaults([]);
    onClose();
  };
  const take = async (file: File | undefined) => {
    if (!file) return;
    const result = await readImport(await file.text(), file.name);
    setRead("graph" in result ? result : null);
    setFaults("graph" in result ? [] : result.problems);
  };
  return (
    <Dialog
      open={isOpen}
      onOpenChange={(next) => !next && close()}
      title={t("importTitle")}
      description={t("importDescription")}
      closeLabel={t("close")}
      className="max-w-xl"
      footer={
        <>
          <Button onClick={close}>{t("cancel")}</Button>
          <Button
            variant="primary"
            disabled={!read?.name.trim()}
            isBusy={isBusy}
            onClick={() => read && importFlow(read)}
          >
            {t("importAsDraft")}
          </Button>
        </>
      }
    >
      <DropZone onFile={take} accept="application/json,.json,.yaml,.yml" title={t("drop")} help={t("dropHelp")} />
      {faults.length > 0 ? <Faults faults={faults} /> : null}
      {read ? <Found read={read} onName={(name) => setRead({ ...read, name })} /> : null}
    </Dialog>
  );
}

function useImportFlow() {
  const t = useTranslations("flowGallery");
  const errorWords = useErrorWords();
  const trpc = useTRPC();
  const client = useQueryClient();
  const router = useRouter();
  const mutation = useMutation(
    trpc.flows.import.mutationOptions({
      onSuccess: async ({ flowId }) => {
        await client.invalidateQueries(trpc.flows.pathFilter());
        router.push(`/flows/${flowId}`);
      },
      onError: (error) => toast.error(t("importFailed"), { description: errorWords(error) }),
    }),
  );
  return { importFlow: mutation.mutate, isBusy: mutation.isPending || mutation.isSuccess };
}

function Faults({ faults }: { faults: ImportProblem[] }) {
  const t = useTranslations("flowGallery");
  const words = useTranslations("flowGallery.importProblems");
  return (
    <section role="alert" className="mt-4 rounded-lg border border-danger-border bg-danger-tint px-3.5 py-3">
      <h3 className="flex items-center gap-2 font-semibold text-sm">
        <CircleX aria-hidden className="size-4 text-danger" />
        {t("faults", { count: faults.length })}
      </h3>
      <ul className="mt-2 max-h-48 space-y-1 overflow-y-auto text-sm">
        {faults.map(({ path, rule, detail }) => (
          <li key={`${path} ${rule}`}>
            {path ? <code className="mr-1.5 font-mono text-xs">{path}</code> : null}
            {words(rule as Parameters<typeof words>[0], { detail })}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Found({ read, onName }: { read: Read; onName: (name: string) => void }) {
  const t = useTranslations("flowGallery");
  const words = useTranslations("problems");
  const trpc = useTRPC();
  const catalog = useQuery(trpc.flows.catalog.queryOptions());
  const problems = catalog.data ? validate(read.graph, catalog.data) : [];
  return (
    <div className="mt-4 space-y-3">
      <FlowThumbnail shape={graphShape(read.graph)} room={460} className="h-[116px] rounded-lg border border-border" />
      <Field label={t("importName")} aside={t("steps", { count: read.graph.nodes.length })}>
        <Input value={read.name} maxLength={120} onChange={(event) => onName(event.target.value)} />
      </Field>
      {problems.length > 0 ? (
        <section className="rounded-lg border border-warning-border bg-warning-tint px-3.5 py-3">
          <h3 className="flex items-center gap-2 font-semibold text-sm">
            <TriangleAlert aria-hidden className="size-4 text-warning" />
            {t("importWithProblems", { count: problems.length })}
          </h3>
          <ul className="mt-2 max-h-40 space-y-1 overflow-y-auto text-sm">
            {problems.map(({ nodeId, edgeId, field, rule, values }) => (
              <li key={[nodeId, edgeId, field, rule, JSON.stringify(values)].join(" ")}>
                {words(`${rule}.title` as Parameters<typeof words>[0], values)}
              </li>
            ))}
          </ul>
        </section>
      ) : null}
    </div>
  );
}
