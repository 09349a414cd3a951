"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { useArmName } from "#components/experiment-words/use-arm-name.ts";
import { useTRPC } from "#components/trpc-provider/trpc-provider.tsx";
import { useErrorWords } from "#components/trpc-provider/use-error-words.ts";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Field } from "#components/ui/field.tsx";
import { RadioGroup } from "#components/ui/radio-group.tsx";
import { toast } from "#components/ui/toaster.tsx";
import type { Experiment } from "./experiment.ts";

/** Which arm wins, what then changes, and that somebody else still has to approve it. */
export function ShipDialog({
  experiment,
  proposed,
  trigger,
}: {
  experiment: Experiment;
  proposed: string;
  trigger: ReactNode;
}) {
  const t = useTranslations("experiments.ship");
  const common = useTranslations("common");
  const trpc = useTRPC();
  const client = useQueryClient();
  const router = useRouter();
  const errorWords = useErrorWords();
  const armName = useArmName(experiment);
  const [arm, setArm] = useState(proposed);
  const [isOpen, setOpen] = useState(false);
  const ship = useMutation(
    trpc.experiments.ship.mutationOptions({
      onSuccess: async ({ flowId }) => {
        await client.invalidateQueries(trpc.experiments.pathFilter());
        toast.success(t("drawn", { arm: armName(arm) }));
        router.push(`/flows/${flowId}`);
      },
      onError: (error) => toast.error(errorWords(error)),
    }),
  );
  const inside = experiment.result?.assigned ?? 0;
  return (
    <Dialog
      open={isOpen}
      onOpenChange={setOpen}
      trigger={trigger}
      title={t("title")}
      closeLabel={common("close")}
      footer={
        <>
          <Button onClick={() => setOpen(false)}>{common("cancel")}</Button>
          <Button
            variant="primary"
            isBusy={ship.isPending}
            onClick={() => ship.mutate({ experimentId: experiment.id, arm })}
          >
            {t("draw")}
          </Button>
        </>
      }
    >
      <div className="space-y-4">
        <Field label={t("arm")}>
          <RadioGroup
            aria-label={t("arm")}
            value={arm}
            onValueChange={setArm}
            options={experiment.arms.map(({ id }) => ({
              value: id,
              label: armName(id),
              ...(id === proposed && { help: t("proposed") }),
            }))}
          />
        </Field>
        <ul className="list-disc space-y-1 pl-4 text-secondary text-sm marker:text-tertiary">
          <li>{t("what", { arm: armName(arm), flow: experiment.flow.name })}</li>
          <li>{t("inside", { count: inside })}</li>
          <li>{t("approval")}</li>
        </ul>
      </div>
    </Dialog>
  );
}
