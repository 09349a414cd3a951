"use client";

import { Plus, X } from "lucide-react";
import { useTranslations } from "use-intl";
import { Button } from "#components/ui/button.tsx";
import { cn } from "#components/ui/cn.ts";
import { IconButton } from "#components/ui/icon-button.tsx";
import { Select } from "#components/ui/select.tsx";
import { always, Rule } from "#flow/rule.ts";
import type { FieldProps } from "./field-props.ts";
import { removeAt, replaceAt } from "./list-value.ts";
import { asGroup, deepestGroup, fromGroup, type Group, type GroupKind, isTest } from "./rule-edits.ts";
import { RuleRow } from "./rule-row.tsx";

/** A rule that reads as sentences: "all of" its lines, each a value, an operator and what it is held against. */
export function RuleField({ value, label, onChange }: Pick<FieldProps, "value" | "label" | "onChange">) {
  const parsed = Rule.safeParse(value ?? always);
  const group = asGroup(parsed.success ? parsed.data : draftOf(value));
  return <RuleGroup group={group} depth={1} label={label} onChange={(next) => onChange(fromGroup(next))} />;
}

/** A rule whose lines are not finished yet does not parse; its lines are still shown as they stand. */
function draftOf(value: unknown): Rule {
  return value !== null &&
    typeof value === "object" &&
    ("all" in value || "any" in value || "none" in value || "path" in value)
    ? (value as Rule)
    : always;
}

const kinds: GroupKind[] = ["all", "any", "none"];

type RuleGroupProps = { group: Group; depth: number; label: string; onChange: (group: Group) => void };

function RuleGroup({ group, depth, label, onChange }: RuleGroupProps) {
  const t = useTranslations("flowEditor.rule");
  const { kind, rules } = group;
  const set = (next: Rule[]) => onChange({ kind, rules: next });
  return (
    // biome-ignore lint/a11y/useSemanticElements: a group of conditions inside one field
    <div
      role="group"
      aria-label={label}
      className={cn("space-y-2", depth > 1 && "border-border-strong border-l-2 pl-2.5")}
    >
      {rules.length > 1 || depth > 1 ? (
        <Select
          isDense
          aria-label={t("join", { label })}
          options={kinds.map((option) => ({ value: option, label: t(option) }))}
          value={kind}
          onValueChange={(next) => onChange({ kind: kinds.find((option) => option === next) ?? "all", rules })}
          className="w-fit"
        />
      ) : null}
      {rules.length === 0 ? (
        <p className="text-secondary text-xs">{t(depth > 1 ? "emptyGroup" : "everybody")}</p>
      ) : null}
      {rules.map((rule, index) => (
        <RuleLine
          // biome-ignore lint/suspicious/noArrayIndexKey: a line is its place in the rule
          key={index}
          rule={rule}
          number={index + 1}
          depth={depth}
          onChange={(next) => set(replaceAt(rules, index, next))}
          onRemove={() => set(removeAt(rules, index))}
        />
      ))}
      <div className="flex gap-1">
        <Button
          size="dense"
          variant="quiet"
          className="-ml-1.5 px-1.5 text-accent"
          onClick={() => set([...rules, { path: "", op: "eq", value: "" }])}
        >
          <Plus aria-hidden />
          {t("addLine")}
        </Button>
        {depth < deepestGroup ? (
          <Button size="dense" variant="quiet" className="px-1.5" onClick={() => set([...rules, { any: [] }])}>
            <Plus aria-hidden />
            {t("addGroup")}
          </Button>
        ) : null}
      </div>
    </div>
  );
}

type RuleLineProps = {
  rule: Rule;
  number: number;
  depth: number;
  onChange: (rule: Rule) => void;
  onRemove: () => void;
};

function RuleLine({ rule, number, depth, onChange, onRemove }: RuleLineProps) {
  const t = useTranslations("flowEditor.rule");
  const label = t("line", { number });
  const remove = (
    <IconButton size="dense" icon={X} label={t("remove", { number })} onClick={onRemove} className="w-6" />
  );
  if (isTest(rule)) return <RuleRow test={rule} label={label} remove={remove} onChange={onChange} />;
  return (
    <div className="flex items-start gap-1">
      <div className="min-w-0 flex-1">
        <RuleGroup
          group={asGroup(rule)}
          depth={depth + 1}
          label={label}
          onChange={(next) => onChange(fromGroup(next))}
        />
      </div>
      {remove}
    </div>
  );
}
