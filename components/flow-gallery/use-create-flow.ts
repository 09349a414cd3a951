"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { toast } from "sonner";
import { useTranslations } from "use-intl";
import { useTRPC } from "#components/trpc-provider/trpc-provider.tsx";
import { useErrorWords } from "#components/trpc-provider/use-error-words.ts";

/** Makes a flow and opens it in the editor. Stays busy until the editor is there, so that a second press makes no second flow. */
export function useCreateFlow() {
  const t = useTranslations("flowGallery");
  const errorWords = useErrorWords();
  const trpc = useTRPC();
  const client = useQueryClient();
  const router = useRouter();
  return useMutation(
    trpc.flows.create.mutationOptions({
      onSuccess: async ({ flowId, newTemplates }) => {
        if (newTemplates.length > 0) toast.success(t("templatesMade", { count: newTemplates.length }));
        await Promise.all([
          client.invalidateQueries(trpc.flows.pathFilter()),
          client.invalidateQueries(trpc.templates.pathFilter()),
        ]);
        router.push(`/flows/${flowId}`);
      },
      onError: (error) => toast.error(t("createFailed"), { description: errorWords(error) }),
    }),
  );
}
