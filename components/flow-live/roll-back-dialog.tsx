"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useTranslations } from "use-intl";
import { AtOnceLine, MoveSentence, MoveTable } from "#components/move-people/move-table.tsx";
import { type InsideStep, useMovePlan } from "#components/move-people/use-move-plan.ts";
import { useTRPC } from "#components/trpc-provider/trpc-provider.tsx";
import { useErrorWords } from "#components/trpc-provider/use-error-words.ts";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { toast } from "#components/ui/toaster.tsx";

type RollBackDialogProps = {
  flow: { id: string; name: string };
  /** The running version, and the one before it that comes back. */
  from: number;
  to: number;
  onClose: () => void;
};

/** Back to the version that ran before, with the same question about the people as when one publishes. */
export function RollBackDialog({ flow, from, to, onClose }: RollBackDialogProps) {
  const t = useTranslations("flowLive.rollBack");
  const common = useTranslations("common");
  const trpc = useTRPC();
  const back = useRollBack(flow, onClose);
  const target = useQuery(trpc.flows.version.queryOptions({ flowId: flow.id, number: to }));
  const inside = useQuery(trpc.flows.inside.queryOptions({ flowId: flow.id, number: to }, { staleTime: 0 }));
  const choices = useMovePlan(inside.data ?? none);
  const hasFailed = target.isError || inside.isError;
  return (
    <Dialog
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={t("title", { name: flow.name, to })}
      description={t("description", { from, to })}
      closeLabel={common("close")}
      className="max-w-3xl"
      footer={
        <>
          <p className="mr-auto min-w-0 text-sm">{inside.data?.length ? <MoveSentence choices={choices} /> : null}</p>
          <Button onClick={onClose}>{common("cancel")}</Button>
          <Button
            variant="primary"
            isBusy={back.isPending}
            disabled={!inside.data || !target.data}
            onClick={() => back.mutate({ flowId: flow.id, from, plan: choices.plan })}
          >
            {t("confirm", { to })}
          </Button>
        </>
      }
    >
      {hasFailed ? (
        <ErrorState
          title={t("notRead")}
          retryLabel={common("retry")}
          onRetry={() => void Promise.all([target.refetch(), inside.refetch()])}
        />
      ) : !inside.data || !target.data ? (
        <Skeleton className="h-44" />
      ) : inside.data.length === 0 ? (
        <p className="text-secondary text-sm">{t("nobody")}</p>
      ) : (
        <div className="space-y-3">
          <MoveTable steps={inside.data} after={target.data.graph} number={from + 1} choices={choices} />
          <AtOnceLine choices={choices} />
        </div>
      )}
    </Dialog>
  );
}

const none: InsideStep[] = [];

function useRollBack({ name }: { name: string }, onClose: () => void) {
  const t = useTranslations("flowLive.rollBack");
  const errorWords = useErrorWords();
  const trpc = useTRPC();
  const client = useQueryClient();
  const router = useRouter();
  return useMutation(
    trpc.flows.rollBack.mutationOptions({
      onError: (error) => toast.error(t("failed"), { description: errorWords(error) }),
      onSuccess: async ({ of }) => {
        toast.success(t("done", { name, of }), { description: t("doneHint") });
        onClose();
        await client.invalidateQueries();
        router.refresh();
      },
    }),
  );
}
