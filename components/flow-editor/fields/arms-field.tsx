"use client";

import { Scale } from "lucide-react";
import { useTranslations } from "use-intl";
import { Button } from "#components/ui/button.tsx";
import { cn } from "#components/ui/cn.ts";
import { Input } from "#components/ui/input.tsx";
import type { FieldProps } from "./field-props.ts";
import { AddItem, ListItem } from "./list-frame.tsx";
import { freeId, listOf, removeAt, replaceAt, textOf } from "./list-value.ts";

const letters = "abcdefgh";

/** The arms of an A/B split with their shares in whole percent; the sum is said and can be evened out. */
export function ArmsField({ value, onChange }: FieldProps) {
  const t = useTranslations("flowEditor.arms");
  const arms = listOf(value);
  const sum = arms.reduce((total, arm) => total + (typeof arm.weight === "number" ? arm.weight : 0), 0);
  const change = (index: number, part: Record<string, unknown>) =>
    onChange(replaceAt(arms, index, { ...arms[index], ...part }));
  const add = () => {
    const taken = arms.map((arm) => arm.id);
    const id = [...letters].find((letter) => !taken.includes(letter)) ?? freeId("arm", taken);
    onChange([...arms, { id, name: id.toUpperCase(), weight: 0 }]);
  };
  return (
    <div className="space-y-2">
      {arms.map((arm, index) => (
        <ListItem
          key={textOf(arm.id)}
          removeLabel={t("remove", { name: textOf(arm.name) })}
          onRemove={arms.length > 2 ? () => onChange(removeAt(arms, index)) : null}
        >
          <div className="flex items-center gap-2">
            <Input
              isDense
              aria-label={t("name", { number: index + 1 })}
              value={textOf(arm.name)}
              onChange={(event) => change(index, { name: event.target.value })}
              className="min-w-0 flex-1 font-medium"
            />
            <Input
              isDense
              type="number"
              min={0}
              max={100}
              aria-label={t("weight", { name: textOf(arm.name) })}
              value={typeof arm.weight === "number" ? arm.weight : ""}
              onChange={(event) =>
                change(index, { weight: event.target.value === "" ? null : event.target.valueAsNumber })
              }
              className="tabular w-16"
            />
            <span className="text-secondary text-sm">%</span>
          </div>
        </ListItem>
      ))}
      <div className="flex flex-wrap items-center justify-between gap-2">
        {arms.length < 8 ? <AddItem onClick={add}>{t("add")}</AddItem> : null}
        <Button size="dense" onClick={() => onChange(evened(arms))}>
          <Scale aria-hidden />
          {t("even")}
        </Button>
      </div>
      <p className={cn("text-xs", sum === 100 ? "text-secondary" : "text-danger")}>
        {t(sum === 100 ? "sumOk" : "sumWrong", { sum })}
      </p>
    </div>
  );
}

/** Equal shares in whole percent; what does not divide goes to the first arms. */
export function evened(arms: Record<string, unknown>[]): Record<string, unknown>[] {
  const share = Math.floor(100 / arms.length);
  const rest = 100 - share * arms.length;
  return arms.map((arm, index) => ({ ...arm, weight: share + (index < rest ? 1 : 0) }));
}
