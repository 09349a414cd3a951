"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { useTRPC } from "#components/trpc-provider/trpc-provider.tsx";
import { useErrorWords } from "#components/trpc-provider/use-error-words.ts";
import { toast } from "#components/ui/toaster.tsx";

/** The changes of the people's list: each says how it went and reads the list anew. */
export function usePeopleActs() {
  const t = useTranslations("people");
  const trpc = useTRPC();
  const client = useQueryClient();
  const errorWords = useErrorWords();
  const told = (done: "roleChanged" | "wasReset" | "removed" | "cancelled" | "ruleChanged") => ({
    onSuccess: () => {
      toast.success(t(`done.${done}`));
    },
    onError: (error: unknown) => {
      toast.error(errorWords(error));
    },
    onSettled: () => client.invalidateQueries(trpc.people.list.queryFilter()),
  });
  return {
    changeRole: useMutation(trpc.people.changeRole.mutationOptions(told("roleChanged"))),
    reset: useMutation(trpc.people.resetSecondFactor.mutationOptions(told("wasReset"))),
    remove: useMutation(trpc.people.remove.mutationOptions(told("removed"))),
    cancel: useMutation(trpc.people.cancelInvitation.mutationOptions(told("cancelled"))),
    setRule: useMutation(trpc.secondFactor.setApproverRule.mutationOptions(told("ruleChanged"))),
  };
}
