"use client";

import { useTranslations } from "use-intl";
import { Input } from "#components/ui/input.tsx";
import type { FieldProps } from "./field-props.ts";
import { AddItem, ListItem } from "./list-frame.tsx";
import { freeId, listOf, removeAt, replaceAt, textOf } from "./list-value.ts";
import { RuleField } from "./rule-field.tsx";

/** Ranked branches: the first whose rule holds is taken; everybody else goes by "else". */
export function BranchesField({ value, onChange }: FieldProps) {
  const t = useTranslations("flowEditor.branches");
  const branches = listOf(value);
  const change = (index: number, part: Record<string, unknown>) =>
    onChange(replaceAt(branches, index, { ...branches[index], ...part }));
  const add = () => {
    const id = freeId(
      "branch",
      branches.map((branch) => branch.id),
    );
    onChange([...branches, { id, name: t("newName", { number: branches.length + 1 }), rule: { all: [] } }]);
  };
  return (
    <div className="space-y-2">
      {branches.map((branch, index) => (
        <ListItem
          key={textOf(branch.id)}
          removeLabel={t("remove", { name: textOf(branch.name) })}
          onRemove={branches.length > 1 ? () => onChange(removeAt(branches, index)) : null}
        >
          <Input
            isDense
            aria-label={t("name", { number: index + 1 })}
            value={textOf(branch.name)}
            onChange={(event) => change(index, { name: event.target.value })}
            className="font-medium"
          />
          <RuleField
            label={t("when", { name: textOf(branch.name) })}
            value={branch.rule}
            onChange={(rule) => change(index, { rule })}
          />
        </ListItem>
      ))}
      <AddItem onClick={add}>{t("add")}</AddItem>
      <p className="text-secondary text-xs">{t("else")}</p>
    </div>
  );
}
