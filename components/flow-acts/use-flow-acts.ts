"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { inferRouterOutputs } from "@trpc/server";
import { useRouter } from "next/navigation";
import { toast } from "sonner";
import { useTranslations } from "use-intl";
import { type FlowFormat, writeFlow } from "#components/flow-file/flow-text.ts";
import { useTRPC } from "#components/trpc-provider/trpc-provider.tsx";
import { useErrorWords } from "#components/trpc-provider/use-error-words.ts";
import { saveFile } from "#components/ui/save-file.ts";
import { flowSchemaPath } from "#flow/flow-file.ts";
import type { AppRouter } from "#server/router.ts";

type FlowStatus = inferRouterOutputs<AppRouter>["flows"]["list"]["flows"][number]["status"];
/** What an act has to know of a flow. */
export type ActFlow = { id: string; name: string; status: FlowStatus; peopleInside: number };

export const statusActs = ["pause", "resume", "hold", "release", "archive", "restore"] as const;
export type StatusAct = (typeof statusActs)[number];

/** What makes sense from a status, in the menu's order. */
export const actsFor: Record<FlowStatus, readonly StatusAct[]> = {
  draft: ["archive"],
  "in-review": ["archive"],
  active: ["pause", "hold", "archive"],
  paused: ["resume", "hold", "archive"],
  held: ["release", "archive"],
  archived: ["restore"],
};

/** Everything one can do with a flow of the list; each act refreshes the list and says in a toast how it went. */
export function useFlowActs() {
  const t = useTranslations("flows");
  const errorWords = useErrorWords();
  const trpc = useTRPC();
  const client = useQueryClient();
  const router = useRouter();
  const answers = {
    onSuccess: () =>
      Promise.all([
        client.invalidateQueries(trpc.flows.pathFilter()),
        client.invalidateQueries(trpc.live.pathFilter()),
      ]),
    onError: (error: unknown) => toast.error(t("actFailed"), { description: errorWords(error) }),
  };
  const acts = {
    pause: useMutation(trpc.flows.pause.mutationOptions(answers)),
    resume: useMutation(trpc.flows.resume.mutationOptions(answers)),
    hold: useMutation(trpc.flows.hold.mutationOptions(answers)),
    release: useMutation(trpc.flows.release.mutationOptions(answers)),
    archive: useMutation(trpc.flows.archive.mutationOptions(answers)),
    restore: useMutation(trpc.flows.restore.mutationOptions(answers)),
  };
  const copy = useMutation(trpc.flows.duplicate.mutationOptions(answers));
  return {
    isBusy: Object.values(acts).some((act) => act.isPending) || copy.isPending,
    change: async (act: StatusAct, flow: ActFlow) => {
      const { peopleInside, onTheirWay } = await acts[act].mutateAsync({ flowId: flow.id });
      const description = onTheirWay > 0 ? t("onTheirWay", { count: onTheirWay }) : undefined;
      toast.success(t(`done.${act}`, { name: flow.name, count: peopleInside }), { description });
    },
    duplicate: async (flow: ActFlow) => {
      const { flowId } = await copy.mutateAsync({ flowId: flow.id, name: t("copyOf", { name: flow.name }) });
      router.push(`/flows/${flowId}`);
    },
    download: async (flow: ActFlow, format: FlowFormat) => {
      const exported = await client.fetchQuery({
        ...trpc.flows.export.queryOptions({ flowId: flow.id }),
        staleTime: 0,
      });
      const file = { $schema: `${location.origin}${flowSchemaPath}`, ...exported };
      saveFile(
        `${flow.name}.${format}`,
        await writeFlow(file, format),
        format === "json" ? undefined : "application/yaml",
      );
    },
  };
}
