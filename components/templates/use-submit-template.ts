"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { toast } from "sonner";
import { useLocale, useTranslations } from "use-intl";
import { languageName } from "#components/template-words/language-name.ts";
import { useTRPC } from "#components/trpc-provider/trpc-provider.tsx";
import { useErrorWords } from "#components/trpc-provider/use-error-words.ts";
import type { TemplateDraftStore } from "./use-template-draft.ts";

/**
 * Saves what is typed, then gives every open language to WhatsApp, at the account that sends or at those of the given numbers, and tells
 * the answer to each unless whoever asks shows it.
 */
export function useSubmitTemplate(templateId: string, store: TemplateDraftStore, { isTold = true } = {}) {
  const t = useTranslations("templates.editor");
  const locale = useLocale();
  const errorWords = useErrorWords();
  const trpc = useTRPC();
  const client = useQueryClient();
  const submit = useMutation(trpc.templates.submit.mutationOptions());
  return useMutation({
    mutationFn: async (channelIds?: string[]) => {
      if (!(await store.flush())) throw new Error(t("notSaved"));
      const answers = await submit.mutateAsync({ templateId, channelIds });
      await client.invalidateQueries(trpc.templates.pathFilter());
      return answers;
    },
    onError: (error) => toast.error(t("submitFailed"), { description: errorWords(error) }),
    onSuccess: (answers) => {
      if (!isTold) return;
      for (const { language, status, detail } of answers) {
        const name = languageName(language, locale);
        if (status === null) toast.warning(t("answers.unknown", { language: name }), { description: detail });
        else if (status === "rejected") toast.error(t("answers.rejected", { language: name }), { description: detail });
        else toast.success(t(status === "approved" ? "answers.approved" : "answers.submitted", { language: name }));
      }
    },
  });
}
