"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { inferRouterOutputs } from "@trpc/server";
import { toast } from "sonner";
import { useLocale, useTranslations } from "use-intl";
import type { Approval } from "#components/approval-ask/approval.ts";
import { languageInSentence } from "#components/template-words/language-name.ts";
import { useTRPC } from "#components/trpc-provider/trpc-provider.tsx";
import { useErrorWords } from "#components/trpc-provider/use-error-words.ts";
import type { AppRouter } from "#server/router.ts";

type Submission = NonNullable<inferRouterOutputs<AppRouter>["approvals"]["decide"]["submissions"]>[number];

/** What one can do about a request, each with its toast; every list that shows a consequence is read again. */
export function useApprovalActs({ id, snapshot, subject }: Approval) {
  const t = useTranslations("approvals.done");
  const locale = useLocale();
  const errorWords = useErrorWords();
  const trpc = useTRPC();
  const client = useQueryClient();
  const { name } = snapshot;
  const onSettled = () =>
    Promise.all(
      [trpc.approvals, trpc.flows, trpc.templates].map((router) => client.invalidateQueries(router.pathFilter())),
    );
  /** What WhatsApp did not take, in its own words; the rest is on the screen. */
  const tellAnswers = (submissions: Submission[]) => {
    for (const { language, status, detail } of submissions) {
      if (detail === null) continue;
      const inWords = { language: languageInSentence(language, locale) };
      if (status === "rejected") toast.error(t("refused", inWords), { description: detail });
      else toast.warning(t("unanswered", inWords), { description: detail });
    }
  };
  const onError = (error: unknown) => toast.error(t("failed"), { description: errorWords(error) });
  const decide = useMutation(
    trpc.approvals.decide.mutationOptions({
      onSettled,
      onError,
      onSuccess: ({ state, approved, needed, version, flowStatus, submissions, notSubmitted }) => {
        if (state === "open") toast.success(t("more", { count: needed - approved }));
        else if (state === "changes-requested" || state === "rejected") toast.success(t(state));
        else if (notSubmitted) toast.warning(t("notSubmitted"), { description: notSubmitted });
        else if (submissions?.some((one) => one.detail !== null)) tellAnswers(submissions);
        else if (version !== null && flowStatus !== "active")
          toast.warning(t("publishedStill", { name, version, status: flowStatus ?? "paused" }));
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
    /** `channelIds`: the numbers at whose accounts an approved template is wanted; left out: the one that sends. */
    decide: (verdict: "approve" | "request-changes" | "reject", reason?: string, channelIds?: string[]) =>
      decide.mutateAsync({ approvalId: id, verdict, reason: reason || undefined, channelIds }),
    comment: (text: string, place?: string) => comment.mutateAsync({ approvalId: id, text, place }),
    withdraw: () => withdraw.mutate({ approvalId: id }),
  };
}
export type ApprovalActs = ReturnType<typeof useApprovalActs>;
