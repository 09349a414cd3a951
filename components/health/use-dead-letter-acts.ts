"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { toast } from "sonner";
import { useTranslations } from "use-intl";
import { useTRPC } from "#components/trpc-provider/trpc-provider.tsx";
import { useErrorWords } from "#components/trpc-provider/use-error-words.ts";

/** Retry, retry since, discard: each says how many it touched and has the board read again. */
export function useDeadLetterActs({ onDone }: { onDone: () => void }) {
  const t = useTranslations("health.deadLetters");
  const errorWords = useErrorWords();
  const trpc = useTRPC();
  const client = useQueryClient();
  const optionsFor = (words: "retried" | "discarded") => ({
    onSuccess: ({ letters }: { letters: number }) => {
      toast.success(t(words, { count: letters }));
      onDone();
    },
    onError: (error: unknown) => toast.error(errorWords(error)),
    onSettled: () => client.invalidateQueries(trpc.health.pathFilter()),
  });
  return {
    retry: useMutation(trpc.health.retry.mutationOptions(optionsFor("retried"))),
    retrySince: useMutation(trpc.health.retrySince.mutationOptions(optionsFor("retried"))),
    discard: useMutation(trpc.health.discard.mutationOptions(optionsFor("discarded"))),
  };
}
