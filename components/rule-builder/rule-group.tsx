"use client";

import { Plus } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { Button } from "#components/ui/button.tsx";
import { cn } from "#components/ui/cn.ts";
import { inOrder } from "#components/ui/in-order.tsx";
import { Select } from "#components/ui/select.tsx";
import type { Rule } from "#flow/rule.ts";
import { ruleLimits } from "#flow/rule.ts";
import { DeepRule } from "./deep-rule.tsx";
import { LineActions } from "./line-actions.tsx";
import { useBuilding } from "./rule-context.tsx";
import {
  asGroup,
  deepestGroup,
  fromGroup,
  type Group,
  type GroupKind,
  insertRule,
  lineOf,
  type Place,
  replaceRule,
} from "./rule-edits.ts";
import { RuleLine } from "./rule-line.tsx";
import { useLineKeys } from "./use-line-keys.ts";

const kinds: GroupKind[] = ["all", "any", "none"];

type RuleGroupProps = {
  group: Group;
  place: Place;
  label: string;
  title?: ReactNode;
  leftTitle?: ReactNode;
  /** Stands at the end of its head: of a group in a group how many are left, and what can be done with it. */
  aside?: ReactNode;
  onChange: (rule: Rule) => void;
};

/** A group: how its lines join, the lines, and what can be added at its end. */
export function RuleGroup({ group, place, label, title, leftTitle, aside, onChange }: RuleGroupProps) {
  const t = useTranslations("ruleBuilder");
  const { rules, kind } = group;
  const isRoot = place.length === 0;
  const hasHead = !isRoot || title !== undefined || rules.length > 1;
  return (
    <fieldset aria-label={label} className="min-w-0">
      {hasHead ? (
        <div className={cn("flex min-h-7 items-center gap-2 text-sm", isRoot && "mb-1.5 @2xl:mb-2")}>
          {title ? <span className="font-semibold">{title}</span> : null}
          <JoinSelect kind={kind} label={label} onChange={(next) => onChange(fromGroup({ kind: next, rules }))} />
          <span className="text-secondary">{t("ofThese")}</span>
          {leftTitle ? (
            <span className="ml-auto hidden pr-[84px] text-secondary text-xs @2xl:block">{leftTitle}</span>
          ) : null}
          {aside ? <span className="ml-auto flex items-center gap-2">{aside}</span> : null}
        </div>
      ) : null}
      <div className={cn(!isRoot && "ml-1 border-border-strong border-l-2 pl-2 @2xl:ml-2.5 @2xl:pl-2.5")}>
        {rules.length === 0 ? (
          <p className={cn("py-1 text-xs", isRoot ? "text-secondary" : "text-warning")}>
            {t(isRoot && kind === "all" ? "everybody" : kind === "any" ? "nobody" : "emptyGroup")}
          </p>
        ) : null}
        <ol className="space-y-1.5 @2xl:space-y-0">
          {inOrder(rules, (rule, index) => (
            <Member rule={rule} place={[...place, index]} kind={kind} />
          ))}
          <AddButtons place={place} count={rules.length} />
        </ol>
      </div>
    </fieldset>
  );
}

function JoinSelect({
  kind,
  label,
  onChange,
}: {
  kind: GroupKind;
  label: string;
  onChange: (kind: GroupKind) => void;
}) {
  const t = useTranslations("ruleBuilder");
  const { isDisabled } = useBuilding();
  return (
    <Select
      isDense
      disabled={isDisabled}
      aria-label={t("join", { label })}
      options={kinds.map((option) => ({ value: option, label: t(`kinds.${option}`), hint: t(`kindHelp.${option}`) }))}
      value={kind}
      onValueChange={(next) => onChange(kinds.find((option) => option === next) ?? "all")}
      className="w-fit bg-sunken"
    />
  );
}

/** A line, or a group in the group. */
function Member({ rule, place, kind }: { rule: Rule; place: Place; kind: GroupKind }) {
  const t = useTranslations("ruleBuilder");
  const { root, apply, drag, left, isDisabled } = useBuilding();
  const index = place.at(-1) ?? 0;
  const label = t("line", { number: place.map((at) => at + 1).join(".") });
  const join = t(index === 0 ? "where" : kind === "all" ? "and" : kind === "any" ? "or" : "nor");
  const line = lineOf(rule);
  const keys = useLineKeys(place);
  const isOver = drag.from !== null && drag.over?.join() === place.join();
  return (
    <li
      data-line={place.join(".")}
      onKeyDownCapture={isDisabled ? undefined : keys}
      onDragOver={(event) => {
        if (!drag.from) return;
        event.preventDefault();
        event.stopPropagation();
        drag.hover(place);
      }}
      onDrop={(event) => {
        event.preventDefault();
        event.stopPropagation();
        drag.drop();
      }}
      className={cn(
        "relative",
        isOver && "before:absolute before:inset-x-0 before:-top-px before:h-0.5 before:bg-accent",
      )}
    >
      <p className={cn("mb-1 text-tertiary text-xs @2xl:hidden", index === 0 && "hidden")}>{join}</p>
      {line ? (
        <RuleLine line={line} place={place} label={label} join={join} />
      ) : place.length >= deepestGroup ? (
        <DeepRule rule={rule} place={place} label={label} join={join} />
      ) : (
        <div className="my-0.5 flex items-start gap-1 rounded-lg border border-border bg-sunken/40 p-1.5 @2xl:my-1.5 @2xl:gap-2 @2xl:px-2 @2xl:py-1.5">
          <span className="hidden w-12 shrink-0 pt-1 text-secondary text-sm @2xl:block">{join}</span>
          <div className="min-w-0 flex-1">
            <RuleGroup
              group={asGroup(rule)}
              place={place}
              label={label}
              onChange={(next) => apply(replaceRule(root, place, next))}
              aside={
                <>
                  {left ? (
                    <span className="tabular hidden text-right text-secondary text-sm @2xl:block">{left(place)}</span>
                  ) : null}
                  <LineActions place={place} label={label} />
                </>
              }
            />
          </div>
        </div>
      )}
    </li>
  );
}

/** At the end of every group, which is also where a dragged line can be dropped. */
function AddButtons({ place, count }: { place: Place; count: number }) {
  const t = useTranslations("ruleBuilder");
  const { root, apply, drag, isDisabled } = useBuilding();
  const end = [...place, count];
  const add = (rule: Rule) => apply(insertRule(root, end, rule), end);
  if (isDisabled) return null;
  const isFull = count >= ruleLimits.linesPerGroup;
  return (
    <li
      className={cn("mt-1 flex gap-1 rounded-sm", drag.from && drag.over?.join() === end.join() && "bg-accent-tint")}
      onDragOver={(event) => {
        if (!drag.from) return;
        event.preventDefault();
        event.stopPropagation();
        drag.hover(end);
      }}
      onDrop={(event) => {
        event.preventDefault();
        event.stopPropagation();
        drag.drop();
      }}
    >
      <Button
        size="dense"
        variant="quiet"
        className="-ml-1 px-1.5 text-accent"
        disabled={isFull}
        onClick={() => add({ path: "", op: "eq", value: "" })}
      >
        <Plus aria-hidden />
        {t("addLine")}
      </Button>
      {place.length + 1 < deepestGroup ? (
        <Button size="dense" variant="quiet" className="px-1.5" disabled={isFull} onClick={() => add({ any: [] })}>
          <Plus aria-hidden />
          {t("addGroup")}
        </Button>
      ) : null}
    </li>
  );
}
