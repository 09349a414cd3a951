"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { stepOf } from "#components/approval-ask/ask-form.tsx";
import { useErrorWords } from "#components/trpc-provider/use-error-words.ts";
import { toast } from "#components/ui/toaster.tsx";
import { useEditorStore } from "../editor-state/editor-context.tsx";
import { useEditorWorld } from "../editor-world.tsx";
import { useAutosave } from "../use-autosave.tsx";

/**
 * What the draft may do next, and the two acts that make it do so: asking the others, and publishing what they approved. Both save
 * what is still unsaved and are about exactly that revision.
 */
export function useGoLive(onDone: () => void) {
  const t = useTranslations("flowEditor.publish");
  const ask = useTranslations("approvals.ask");
  const errorWords = useErrorWords();
  const client = useQueryClient();
  const store = useEditorStore();
  const world = useEditorWorld();
  const autosave = useAutosave();
  const [isBusy, setBusy] = useState(false);
  const { data: standing } = useQuery({
    queryKey: ["flow-standing", world.flowId],
    // What is not stored yet has no standing.
    queryFn: async () => ((await autosave.flush()) ? world.readStanding() : Promise.reject(new Error(t("notSaved")))),
    staleTime: 0,
    gcTime: 0,
  });
  const act = async (failed: string, run: (revision: number) => Promise<void>) => {
    setBusy(true);
    try {
      if (!(await autosave.flush())) throw new Error(t("notSaved"));
      await run(store.getState().revision);
      await client.invalidateQueries();
      onDone();
    } catch (error) {
      toast.error(failed, { description: errorWords(error) });
      setBusy(false);
    }
  };
  const inside = useQuery({
    queryKey: ["flow-inside", world.flowId],
    queryFn: async () => ((await autosave.flush()) ? world.readInside() : Promise.reject(new Error(t("notSaved")))),
    enabled: world.running !== null,
    staleTime: 0,
    gcTime: 0,
  });
  return {
    standing,
    inside,
    step: standing?.isLive ? "go" : standing ? stepOf(standing) : "ask",
    isBusy,
    schedule: (at: Date) =>
      act(t("failed"), async (revision) => {
        await world.planPublish(revision, at);
        toast.success(t("scheduledDone", { name: store.getState().name }));
      }),
    publish: () =>
      act(t("failed"), async (revision) => {
        const { version, status } = await world.publish(revision, store.getState().graph);
        const which = { name: store.getState().name, number: version };
        if (status === "active") toast.success(t("done", which), { description: t("doneHint") });
        else toast.warning(t("publishedTitle", which), { description: t("doneStill", { status }) });
      }),
    askApproval: (request: Parameters<typeof world.askApproval>[1]) =>
      act(ask("failed"), async (revision) => {
        await world.askApproval(revision, request);
        toast.success(ask("done"), { description: ask("doneHint") });
      }),
  } as const;
}
