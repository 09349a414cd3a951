"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { inferRouterOutputs } from "@trpc/server";
import { CircleCheck, CircleMinus } from "lucide-react";
import { useState } from "react";
import { toast } from "sonner";
import { useFormatter, useTranslations } from "use-intl";
import { useSession } from "#components/session/session-provider.tsx";
import { useTRPC } from "#components/trpc-provider/trpc-provider.tsx";
import { useErrorWords } from "#components/trpc-provider/use-error-words.ts";
import { AlertDialog } from "#components/ui/alert-dialog.tsx";
import { Button } from "#components/ui/button.tsx";
import { Card } from "#components/ui/card.tsx";
import { Chip } from "#components/ui/chip.tsx";
import type { AppRouter } from "#server/router.ts";
import { ShareDialog } from "./share-dialog.tsx";

export type FormRow = inferRouterOutputs<AppRouter>["optInForms"]["list"]["forms"][number];

/** One form: what it asks, what came of it, and what one does with it. */
export function FormCard({ form, onEdit }: { form: FormRow; onEdit: () => void }) {
  const t = useTranslations("optInForms");
  const names = useTranslations("contacts.purpose");
  const format = useFormatter();
  const errorWords = useErrorWords();
  const { can } = useSession();
  const trpc = useTRPC();
  const client = useQueryClient();
  const [asks, setAsks] = useState<"share" | "close" | null>(null);
  const isOpen = form.closedAt === null;
  const setState = useMutation(
    trpc.optInForms.setState.mutationOptions({
      onSuccess: async () => {
        toast.success(t(isOpen ? "closedDone" : "openedDone"));
        setAsks(null);
        await client.invalidateQueries(trpc.optInForms.pathFilter());
      },
      onError: (error) => toast.error(errorWords(error)),
    }),
  );
  return (
    <li>
      <Card className="px-4 py-3.5" aria-label={form.name}>
        <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-3">
          <div className="min-w-0">
            <h2 className="flex flex-wrap items-center gap-2 font-semibold text-base">
              <span className="min-w-0 break-words">{form.name}</span>
              <Chip tone={isOpen ? "success" : "neutral"} icon={isOpen ? CircleCheck : CircleMinus}>
                {t(isOpen ? "open" : "closed")}
              </Chip>
            </h2>
            <p className="mt-0.5 text-secondary text-xs">
              {t("source", { source: form.source })} · {form.purposes.map((purpose) => names(purpose)).join(", ")} ·{" "}
              {t("made", { date: format.dateTime(form.createdAt, { dateStyle: "medium" }) })}
            </p>
            <p className="tabular mt-2 text-sm">
              {t("signUps", { count: form.signUps })}
              {form.signUps > 0 ? (
                <span className="text-secondary">, {t("confirmed", { count: form.confirmed })}</span>
              ) : null}
            </p>
          </div>
          <div className="flex flex-wrap gap-2">
            {isOpen ? (
              <Button size="dense" onClick={() => setAsks("share")}>
                {t("share")}
              </Button>
            ) : null}
            {can("edit-opt-in-forms") ? (
              <>
                <Button size="dense" onClick={onEdit}>
                  {t("edit")}
                </Button>
                <Button
                  size="dense"
                  isBusy={setState.isPending}
                  onClick={() => (isOpen ? setAsks("close") : setState.mutate({ formId: form.id, isOpen: true }))}
                >
                  {t(isOpen ? "close" : "reopen")}
                </Button>
              </>
            ) : null}
          </div>
        </div>
      </Card>
      {asks === "share" ? <ShareDialog form={form} onClose={() => setAsks(null)} /> : null}
      <AlertDialog
        open={asks === "close"}
        onOpenChange={(open) => !open && setAsks(null)}
        title={t("closeTitle", { name: form.name })}
        description={t("closeBody")}
        confirmLabel={t("closeYes")}
        cancelLabel={t("editor.cancel")}
        isBusy={setState.isPending}
        onConfirm={() => setState.mutate({ formId: form.id, isOpen: false })}
      />
    </li>
  );
}
