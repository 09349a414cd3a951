"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { readableName } from "#components/flow-words/readable-name.ts";
import { leaves } from "#components/rule-builder/known-path.ts";
import { RuleBuilder } from "#components/rule-builder/rule-builder.tsx";
import { kindOf, type RuleField } from "#components/rule-builder/value-kind.ts";
import { useTRPC } from "#components/trpc-provider/trpc-provider.tsx";
import { useErrorWords } from "#components/trpc-provider/use-error-words.ts";
import { Button } from "#components/ui/button.tsx";
import { Checkbox } from "#components/ui/checkbox.tsx";
import { Combobox } from "#components/ui/combobox.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Select } from "#components/ui/select.tsx";
import { toast } from "#components/ui/toaster.tsx";
import type { Rule } from "#flow/rule.ts";

type Made = { metric: string; windowHours: number };
const measures = ["happened", "count", "sum"] as const;
type Wish = {
  name: string;
  event: string;
  rule: Rule;
  measure: (typeof measures)[number];
  path: string | null;
  isLowerBetter: boolean;
  windowHours: number;
};

const blank: Wish = {
  name: "",
  event: "",
  rule: { all: [] },
  measure: "happened",
  path: null,
  isLowerBetter: false,
  windowHours: 168,
};

/** A number of the workspace's own: an event that a system of theirs sends, where a rule holds. */
export function MetricDialog({ trigger, onMade }: { trigger: ReactNode; onMade: (made: Made) => void }) {
  const t = useTranslations("experimentPlan.own");
  const common = useTranslations("common");
  const trpc = useTRPC();
  const client = useQueryClient();
  const errorWords = useErrorWords();
  const [isOpen, setOpen] = useState(false);
  const [wish, setWish] = useState(blank);
  const change = (part: Partial<Wish>) => setWish((before) => ({ ...before, ...part }));
  const events = useQuery(trpc.flows.eventNames.queryOptions(undefined, { enabled: isOpen }));
  const fields = fieldsOf(events.data?.find(({ name }) => name === wish.event)?.sample ?? {});
  const numbers = fields.filter(({ kind }) => kind === "number" || kind === "money");
  const make = useMutation(
    trpc.experiments.makeMetric.mutationOptions({
      onSuccess: async ({ metric }) => {
        await client.invalidateQueries(trpc.experiments.metrics.queryFilter());
        onMade({ metric, windowHours: wish.windowHours });
        setOpen(false);
        setWish(blank);
      },
      onError: (error) => toast.error(errorWords(error)),
    }),
  );
  const isReady = wish.name.trim() !== "" && wish.event !== "" && (wish.measure !== "sum" || wish.path !== null);
  return (
    <Dialog
      open={isOpen}
      onOpenChange={setOpen}
      trigger={trigger}
      title={t("title")}
      description={t("description")}
      closeLabel={common("close")}
      footer={
        <>
          <Button onClick={() => setOpen(false)}>{common("cancel")}</Button>
          <Button variant="primary" disabled={!isReady} isBusy={make.isPending} onClick={() => make.mutate(wish)}>
            {t("make")}
          </Button>
        </>
      }
    >
      <div className="space-y-3.5">
        <Field label={t("name")}>
          <Input maxLength={80} value={wish.name} onChange={(event) => change({ name: event.target.value })} />
        </Field>
        <Field label={t("event")}>
          <Combobox
            options={(events.data ?? []).map(({ name }) => ({ value: name, label: name }))}
            value={wish.event === "" ? null : wish.event}
            onValueChange={(event) => change({ event, rule: { all: [] }, path: null })}
            placeholder={t("eventPlaceholder")}
            searchPlaceholder={t("eventSearch")}
            emptyText={t("eventNone")}
            createLabel={(typed) => t("eventTyped", { typed })}
          />
        </Field>
        {wish.event !== "" ? (
          <div>
            <p className="mb-1.5 font-medium text-sm">{t("rule")}</p>
            <RuleBuilder label={t("rule")} rule={wish.rule} fields={fields} onChange={(rule) => change({ rule })} />
          </div>
        ) : null}
        <div className="grid gap-3 sm:grid-cols-2">
          <Field label={t("measure")}>
            <Select
              value={wish.measure}
              options={measures.map((one) => ({ value: one, label: t(`measures.${one}`) }))}
              onValueChange={(value) => {
                const measure = measures.find((one) => one === value);
                if (measure) change({ measure, path: measure === "sum" ? (numbers[0]?.path ?? null) : null });
              }}
            />
          </Field>
          {wish.measure === "sum" ? (
            <Field label={t("path")} error={numbers.length === 0 ? t("noNumber") : undefined}>
              <Select
                value={wish.path ?? undefined}
                options={numbers.map(({ path, label }) => ({ value: path, label }))}
                onValueChange={(path) => change({ path })}
              />
            </Field>
          ) : null}
          <Field label={t("window")}>
            <Input
              type="number"
              min={1}
              max={2160}
              value={wish.windowHours}
              onChange={(event) => change({ windowHours: Math.max(1, Math.round(event.target.valueAsNumber) || 1) })}
            />
          </Field>
        </div>
        <Checkbox
          label={t("lower")}
          checked={wish.isLowerBetter}
          onCheckedChange={(isChecked) => change({ isLowerBetter: isChecked === true })}
        />
      </div>
    </Dialog>
  );
}

/** What the newest event of the name held. */
function fieldsOf(sample: Parameters<typeof leaves>[0]): RuleField[] {
  return leaves(sample).map(([name, value]): RuleField => {
    const label = readableName(name);
    return { path: `event.${name}`, source: "event", label, sample: value, kind: kindOf(name, value, undefined) };
  });
}
