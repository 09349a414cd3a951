"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { useTRPC } from "#components/trpc-provider/trpc-provider.tsx";
import { useErrorWords } from "#components/trpc-provider/use-error-words.ts";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Field } from "#components/ui/field.tsx";
import { RadioGroup } from "#components/ui/radio-group.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { Textarea } from "#components/ui/textarea.tsx";
import { toast } from "#components/ui/toaster.tsx";
import type { ExperimentPlan } from "#flow/experiment-plan.ts";
import { MeasureFields } from "./measure-fields.tsx";
import { SizeFields } from "./size-fields.tsx";

type PlanDialogProps = {
  flowId: string;
  /** The experiment's key in the flow's draft. */
  experimentKey: string;
  kind: "split" | "holdout";
  arms: readonly { weight: number }[];
  /** What was planned so far, or what holds when nobody plans. */
  plan: ExperimentPlan;
  trigger: ReactNode;
};

/** What an experiment is to find out, by which number, how certainly and with how many people: said before it starts. */
export function PlanDialog({ trigger, ...rest }: PlanDialogProps) {
  const t = useTranslations("experimentPlan");
  const common = useTranslations("common");
  const [isOpen, setOpen] = useState(false);
  const formId = `plan-${rest.experimentKey}`;
  const [isBusy, setBusy] = useState(false);
  return (
    <Dialog
      open={isOpen}
      onOpenChange={setOpen}
      trigger={trigger}
      title={t("title")}
      description={t("description")}
      closeLabel={common("close")}
      className="max-w-2xl"
      footer={
        <>
          <Button onClick={() => setOpen(false)}>{common("cancel")}</Button>
          <Button variant="primary" type="submit" form={formId} isBusy={isBusy}>
            {t("save")}
          </Button>
        </>
      }
    >
      <PlanForm {...rest} id={formId} onBusy={setBusy} onDone={() => setOpen(false)} />
    </Dialog>
  );
}

type PlanFormProps = Omit<PlanDialogProps, "trigger"> & {
  id: string;
  onBusy: (isBusy: boolean) => void;
  onDone: () => void;
};

function PlanForm({ flowId, experimentKey, kind, arms, plan: stored, id, onBusy, onDone }: PlanFormProps) {
  const t = useTranslations("experimentPlan");
  const trpc = useTRPC();
  const client = useQueryClient();
  const errorWords = useErrorWords();
  const [plan, setPlan] = useState(stored);
  const change = (part: Partial<ExperimentPlan>) => setPlan((before) => ({ ...before, ...part }));
  const metrics = useQuery(trpc.experiments.metrics.queryOptions());
  const save = useMutation(
    trpc.experiments.plan.mutationOptions({
      onMutate: () => onBusy(true),
      onSettled: () => onBusy(false),
      onSuccess: async () => {
        await client.invalidateQueries(trpc.experiments.pathFilter());
        toast.success(t("saved"));
        onDone();
      },
      onError: (error) => toast.error(errorWords(error)),
    }),
  );
  const methods = (["sequential", "fixed", "bandit"] as const).filter((one) => kind === "split" || one !== "bandit");
  return (
    <form
      id={id}
      className="space-y-4"
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate({ flowId, key: experimentKey, plan });
      }}
    >
      <Field label={t("hypothesis")} help={t("hypothesisHelp")}>
        <Textarea
          rows={2}
          maxLength={600}
          value={plan.hypothesis}
          placeholder={t("hypothesisPlaceholder")}
          onChange={(event) => change({ hypothesis: event.target.value })}
        />
      </Field>
      {metrics.data ? (
        <MeasureFields plan={plan} metrics={metrics.data} onChange={change} />
      ) : (
        <Skeleton className="h-24" />
      )}
      <Field label={t("method")}>
        <RadioGroup
          aria-label={t("method")}
          value={plan.method}
          onValueChange={(value) => {
            const method = methods.find((one) => one === value);
            if (method) change({ method });
          }}
          options={methods.map((one) => ({ value: one, label: t(`methods.${one}`), help: t(`methodHelp.${one}`) }))}
        />
      </Field>
      <SizeFields flowId={flowId} smallest={smallestOf(arms)} plan={plan} onChange={change} />
    </form>
  );
}

/** An arm without a share gets nobody: it is left out, or nothing would ever be found. */
function smallestOf(arms: PlanDialogProps["arms"]): number {
  const shares = arms.flatMap(({ weight }) => (weight > 0 ? [weight / 100] : []));
  return Math.min(1, ...shares);
}
