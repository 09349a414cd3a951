"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { toast } from "sonner";
import { useTRPC } from "#components/trpc-provider/trpc-provider.tsx";
import { useErrorWords } from "#components/trpc-provider/use-error-words.ts";

/** Makes the draft of a flow that starts for a segment, and opens it. */
export function useSendTo() {
  const trpc = useTRPC();
  const router = useRouter();
  const errorWords = useErrorWords();
  return useMutation(
    trpc.audiences.sendTo.mutationOptions({
      onSuccess: ({ flowId }) => router.push(`/flows/${flowId}`),
      onError: (error) => toast.error(errorWords(error)),
    }),
  );
}
