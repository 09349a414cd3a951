"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { toast } from "sonner";
import { useTranslations } from "use-intl";
import { useTRPC } from "#components/trpc-provider/trpc-provider.tsx";
import { useErrorWords } from "#components/trpc-provider/use-error-words.ts";
import { Button } from "#components/ui/button.tsx";
import { Checkbox } from "#components/ui/checkbox.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Input } from "#components/ui/input.tsx";
import { Select } from "#components/ui/select.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { templateCategories } from "#flow/template.ts";
import type { ApprovalRules } from "#server/approvals/approval-rules.ts";

/** How many approvals what takes: read, and changed by an owner. */
export function RulesDialog({ mayChange, onClose }: { mayChange: boolean; onClose: () => void }) {
  const t = useTranslations("approvals.rules");
  const common = useTranslations("common");
  const errorWords = useErrorWords();
  const trpc = useTRPC();
  const client = useQueryClient();
  const stored = useQuery(trpc.approvals.rules.queryOptions()).data;
  const [edited, setEdited] = useState<ApprovalRules | null>(null);
  const save = useMutation(
    trpc.approvals.setRules.mutationOptions({
      onError: (error) => toast.error(t("failed"), { description: errorWords(error) }),
      onSuccess: async () => {
        toast.success(t("saved"));
        await client.invalidateQueries(trpc.approvals.pathFilter());
        onClose();
      },
    }),
  );
  const rules = edited ?? stored;
  return (
    <Dialog
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={t("title")}
      description={t("description")}
      closeLabel={common("close")}
      footer={
        mayChange ? (
          <>
            <Button onClick={onClose}>{common("cancel")}</Button>
            <Button
              variant="primary"
              isBusy={save.isPending}
              disabled={!edited}
              onClick={() => edited && save.mutate(edited)}
            >
              {common("save")}
            </Button>
          </>
        ) : (
          <p className="mr-auto text-secondary text-sm">{t("ownerOnly")}</p>
        )
      }
    >
      {rules ? <Fields rules={rules} onRules={setEdited} isLocked={!mayChange} /> : <Skeleton className="h-48" />}
    </Dialog>
  );
}

type FieldsProps = { rules: ApprovalRules; onRules: (rules: ApprovalRules) => void; isLocked: boolean };

/** What stands there when somebody first asks for more by reach. */
const firstReach = { people: 1000, needed: 2 };

function Fields({ rules, onRules, isLocked }: FieldsProps) {
  const t = useTranslations("approvals.rules");
  const categories = useTranslations("templates.category");
  const change = (part: Partial<ApprovalRules>) => onRules({ ...rules, ...part });
  const { byReach } = rules;
  return (
    <div className="divide-y divide-border text-sm">
      <Line label={t("needed")}>
        <Count label={t("needed")} value={rules.needed} onValue={(needed) => change({ needed })} isLocked={isLocked} />
      </Line>
      {templateCategories.map((category) => (
        <Line key={category} label={t("category", { category: categories(category) })}>
          <Count
            label={t("category", { category: categories(category) })}
            value={rules.byCategory[category] ?? 1}
            onValue={(count) => change({ byCategory: { ...rules.byCategory, [category]: count } })}
            isLocked={isLocked}
          />
        </Line>
      ))}
      <Line label={t("fraudOrMoney")}>
        <Count
          label={t("fraudOrMoney")}
          value={rules.fraudOrMoney}
          onValue={(fraudOrMoney) => change({ fraudOrMoney })}
          isLocked={isLocked}
        />
      </Line>
      <Line
        label={
          <span className="flex flex-wrap items-center gap-2">
            <Checkbox
              aria-label={t("reach")}
              checked={byReach !== null}
              disabled={isLocked}
              onCheckedChange={(isOn) => change({ byReach: isOn === true ? firstReach : null })}
            />
            {t("reach")}
            <Input
              type="number"
              min={1}
              aria-label={t("reachPeople")}
              className="w-28"
              disabled={isLocked || !byReach}
              value={byReach?.people ?? firstReach.people}
              onChange={(event) =>
                byReach &&
                change({ byReach: { ...byReach, people: Math.max(1, Math.round(event.target.valueAsNumber) || 1) } })
              }
            />
            {t("reachUnit")}
          </span>
        }
      >
        <Count
          label={t("reach")}
          value={byReach?.needed ?? firstReach.needed}
          onValue={(needed) => byReach && change({ byReach: { ...byReach, needed } })}
          isLocked={isLocked || !byReach}
        />
      </Line>
      <div className="py-3">
        <Checkbox
          label={t("keys")}
          help={t("keysHelp")}
          checked={rules.keysMayPublish}
          disabled={isLocked}
          onCheckedChange={(isOn) => change({ keysMayPublish: isOn === true })}
        />
      </div>
    </div>
  );
}

const Line = ({ label, children }: { label: ReactNode; children: ReactNode }) => (
  <div className="flex min-h-12 items-center justify-between gap-4 py-2">
    <span className="min-w-0">{label}</span>
    {children}
  </div>
);

type CountProps = { label: string; value: number; onValue: (value: number) => void; isLocked: boolean };

function Count({ label, value, onValue, isLocked }: CountProps) {
  const t = useTranslations("approvals.rules");
  return (
    <Select
      aria-label={label}
      className="w-40 shrink-0"
      disabled={isLocked}
      value={String(value)}
      onValueChange={(next) => onValue(Number(next))}
      options={[1, 2, 3].map((count) => ({ value: String(count), label: t("count", { count }) }))}
    />
  );
}
