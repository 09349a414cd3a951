"use client";

import { useMutation } from "@tanstack/react-query";
import { useTRPC } from "#components/trpc-provider/trpc-provider.tsx";
import { useErrorWords } from "#components/trpc-provider/use-error-words.ts";
import { saveFile } from "#components/ui/save-file.ts";
import { toast } from "#components/ui/toaster.tsx";
import type { By, Filter } from "./use-dashboard-filter.ts";

export type BlockName = "metrics" | "days" | By | "reasons" | "hours";

/** Takes a block of the dashboard as CSV, with the filters of the page. */
export function useExport(filter: Filter) {
  const trpc = useTRPC();
  const errorWords = useErrorWords();
  const { mutate, isPending } = useMutation(
    trpc.dashboard.export.mutationOptions({
      onSuccess: ({ text }, { block, from, until }) => saveFile(`${block}-${from}-${until}.csv`, text, "text/csv"),
      onError: (error) => toast.error(errorWords(error)),
    }),
  );
  return { take: (block: BlockName) => mutate({ ...filter, block }), isTaking: isPending };
}
