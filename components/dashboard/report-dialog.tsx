"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { useTRPC } from "#components/trpc-provider/trpc-provider.tsx";
import { useErrorWords } from "#components/trpc-provider/use-error-words.ts";
import { Dialog } from "#components/ui/dialog.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { Select } from "#components/ui/select.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { toast } from "#components/ui/toaster.tsx";

const rhythms = ["off", "daily", "weekly"] as const;

/** Who gets the numbers by e-mail, and how often. */
export function ReportDialog({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const t = useTranslations("dashboard.reports");
  const trpc = useTRPC();
  const client = useQueryClient();
  const errorWords = useErrorWords();
  const query = useQuery(trpc.dashboard.reports.queryOptions(undefined, { enabled: isOpen }));
  const set = useMutation(
    trpc.dashboard.setReport.mutationOptions({
      onSuccess: () => client.invalidateQueries(trpc.dashboard.reports.queryFilter()),
      onError: (error) => toast.error(errorWords(error)),
    }),
  );
  return (
    <Dialog
      open={isOpen}
      onOpenChange={(open) => (open ? undefined : onClose())}
      title={t("title")}
      description={t("about")}
      closeLabel={t("close")}
    >
      {query.data ? (
        <ul className="divide-y divide-border">
          {query.data.map(({ userId, name, rhythm }) => (
            <li key={userId} className="flex items-center justify-between gap-3 py-2">
              <span className="min-w-0 truncate text-sm">{name}</span>
              <Select
                aria-label={t("rhythmOf", { name })}
                className="w-36"
                disabled={set.isPending}
                value={rhythm}
                onValueChange={(value) => {
                  const chosen = rhythms.find((each) => each === value);
                  if (chosen) set.mutate({ userId, rhythm: chosen });
                }}
                options={rhythms.map((value) => ({ value, label: t(`rhythms.${value}`) }))}
              />
            </li>
          ))}
        </ul>
      ) : query.isError ? (
        <ErrorState title={t("failed")} retryLabel={t("retry")} onRetry={() => query.refetch()}>
          {errorWords(query.error)}
        </ErrorState>
      ) : (
        <Skeleton className="h-40 w-full" />
      )}
    </Dialog>
  );
}
