"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { toast } from "sonner";
import { useTranslations } from "use-intl";
import type { Approval } from "#components/approval-ask/approval.ts";
import { useTRPC } from "#components/trpc-provider/trpc-provider.tsx";
import { useErrorWords } from "#components/trpc-provider/use-error-words.ts";

/** What one can do about a request, each with its toast; every list that shows a consequence is read again. */
export function useApprovalActs({ id, snapshot, subject }: Approval) {
  const t = useTranslations("approvals.done");
  const errorWords = useErrorWords();
  const trpc = useTRPC();
  const client = useQueryClient();
  const { name } = snapshot;
  const onSettled = () =>
    Promise.all(
      [trpc.approvals, trpc.flows, trpc.templates].map((router) => client.invalidateQueries(router.pathFilter())),
    );
  const onError = (error: unknown) => toast.error(t("failed"), { description: errorWords(error) });
  const decide = useMutation(
    trpc.approvals.decide.mutationOptions({
      onSettled,
      onError,
      onSuccess: ({ state, approved, needed, version, notSubmitted }) => {
        if (state === "open") toast.success(t("more", { count: needed - approved }));
        else if (state === "changes-requested" || state === "rejected") toast.success(t(state));
        else if (notSubmitted) toast.warning(t("notSubmitted"), { description: notSubmitted });
        else if (version !== null) toast.success(t("published", { name, version }));
        else toast.success(t(subject === "template" ? "submitted" : "approved", { name }));
      },
    }),
  );
  const comment = useMutation(trpc.approvals.comment.mutationOptions({ onSettled, onError }));
  const withdraw = useMutation(
    trpc.approvals.withdraw.mutationOptions({ onSettled, onError, onSuccess: () => toast.success(t("withdrawn")) }),
  );
  return {
    isBusy: decide.isPending || comment.isPending || withdraw.isPending,
    decide: (verdict: "approve" | "request-changes" | "reject", reason?: string) =>
      decide.mutateAsync({ approvalId: id, verdict, reason: reason || undefined }),
    comment: (text: string, place?: string) => comment.mutateAsync({ approvalId: id, text, place }),
    withdraw: () => withdraw.mutate({ approvalId: id }),
  };
}
export type ApprovalActs = ReturnType<typeof useApprovalActs>;
