"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { inferRouterOutputs } from "@trpc/server";
import { toast } from "sonner";
import { useFormatter, useTranslations } from "use-intl";
import { useTRPC } from "#components/trpc-provider/trpc-provider.tsx";
import { useErrorWords } from "#components/trpc-provider/use-error-words.ts";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import type { SendPolicy } from "#flow/gate/policy.ts";
import type { AppRouter } from "#server/router.ts";

type Preview = inferRouterOutputs<AppRouter>["settings"]["preview"];

/** Whom a changed policy would have touched last week; saving is the next step, never the first. */
export function ReviewDialog({ policy, onClose }: { policy: SendPolicy; onClose: () => void }) {
  const t = useTranslations("settings.preview");
  const settings = useTranslations("settings");
  const common = useTranslations("common");
  const format = useFormatter();
  const errorWords = useErrorWords();
  const trpc = useTRPC();
  const client = useQueryClient();
  const preview = useQuery(trpc.settings.preview.queryOptions(policy, { staleTime: 0, retry: false }));
  const save = useMutation(
    trpc.settings.save.mutationOptions({
      onSuccess: async () => {
        toast.success(settings("saved"));
        onClose();
        await client.invalidateQueries(trpc.settings.pathFilter());
      },
      onError: (error) => toast.error(errorWords(error)),
    }),
  );
  return (
    <Dialog
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={t("title")}
      description={
        preview.data
          ? t("description", {
              since: format.dateTime(preview.data.since, { dateStyle: "medium", timeStyle: "short" }),
            })
          : t("judging")
      }
      closeLabel={common("close")}
      footer={
        <>
          <Button onClick={onClose}>{t("back")}</Button>
          <Button
            variant="primary"
            disabled={preview.isPending}
            isBusy={save.isPending}
            onClick={() => save.mutate(policy)}
          >
            {t("save")}
          </Button>
        </>
      }
    >
      {preview.isPending ? (
        <div className="space-y-2">
          <Skeleton className="h-5 w-3/4" />
          <Skeleton className="h-16 w-full" />
        </div>
      ) : preview.isError ? (
        <ErrorState title={t("failed")} retryLabel={common("retry")} onRetry={() => preview.refetch()}>
          {errorWords(preview.error)}
        </ErrorState>
      ) : (
        <Outcome preview={preview.data} />
      )}
    </Dialog>
  );
}

function Outcome({ preview }: { preview: Preview }) {
  const t = useTranslations("settings.preview");
  const reasons = useTranslations("reasons");
  const { judged, people, counts, sample, total, oneIn } = preview;
  if (people === 0)
    return (
      <p className="text-sm" role="status">
        {judged === 0 ? t("nothing") : t("nobody", { judged })} {oneIn > 1 ? t("cut", { total, oneIn }) : null}
      </p>
    );
  return (
    <div className="space-y-4 text-sm">
      <p className="font-medium" role="status">
        {t("touched", { people, judged })}
      </p>
      <ul className="divide-y divide-border rounded-md border border-border">
        {counts.map(({ change, reason, messages, people: touched }) => (
          <li key={`${change} ${reason}`} className="px-3 py-2">
            <p className="flex flex-wrap justify-between gap-x-4">
              <span>{t(`changes.${change}`, { messages })}</span>
              <span className="tabular text-secondary">{t("ofPeople", { people: touched })}</span>
            </p>
            {reason && reasons.has(reason) ? <p className="text-secondary text-xs">{reasons(reason)}</p> : null}
          </li>
        ))}
      </ul>
      <Sample sample={sample} />
      {oneIn > 1 ? <p className="text-secondary text-xs">{t("cut", { total, oneIn })}</p> : null}
    </div>
  );
}

function Sample({ sample }: { sample: Preview["sample"] }) {
  const t = useTranslations("settings.preview");
  const format = useFormatter();
  return (
    <section>
      <h3 className="mb-1 font-medium text-secondary text-xs">{t("some")}</h3>
      <ul className="space-y-1">
        {sample.map(({ contactId, name, at, change }) => (
          <li key={contactId} className="flex flex-wrap justify-between gap-x-4">
            <span>{name ?? t("noName")}</span>
            <span className="text-secondary">
              {format.dateTime(at, { weekday: "short", hour: "numeric", minute: "numeric" })}, {t(`was.${change}`)}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
