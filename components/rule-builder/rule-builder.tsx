"use client";

import { type ReactNode, useEffect, useMemo, useRef, useState } from "react";
import { useSession } from "#components/session/session-provider.tsx";
import { cn } from "#components/ui/cn.ts";
import type { Rule } from "#flow/rule.ts";
import { BuildingProvider } from "./rule-context.tsx";
import { asGroup, draftRule, moveRule, moveTo, type Place, replaceRule } from "./rule-edits.ts";
import { RuleGroup } from "./rule-group.tsx";
import { fieldFinder } from "./unknown-field.ts";
import type { RuleField } from "./value-kind.ts";

type RuleBuilderProps = {
  /** Read aloud as the name of the whole. */
  label: string;
  /** A rule of flow/rule.ts, or an unfinished draft of one: it is shown as it stands. */
  rule: unknown;
  /** The values a condition can look at, in the order of the picker. */
  fields: readonly RuleField[];
  onChange: (rule: Rule) => void;
  /** Before the join word of the whole: "People who match". Without it a head is shown only where there is something to join. */
  title?: ReactNode;
  /** How many people are left after a line, and the words above that column. */
  left?: (place: Place) => ReactNode;
  leftTitle?: ReactNode;
  isDisabled?: boolean;
  className?: string;
};

/**
 * The one editor of conditions: nested groups of lines that read as sentences. It lays itself out by its own width: a line on one row
 * where there is room, in two where there is not. Alt with the arrow keys moves a line, Backspace in an empty value removes it.
 */
export function RuleBuilder(props: RuleBuilderProps) {
  const { label, rule, fields, onChange, title, left, leftTitle, isDisabled = false, className } = props;
  const { workspace } = useSession();
  const root = draftRule(rule);
  const frame = useRef<HTMLDivElement>(null);
  const focusLine = useFocusAfterChange(frame);
  const fieldOf = useMemo(() => fieldFinder(fields), [fields]);
  const apply = (next: Rule, focus?: Place) => {
    if (focus) focusLine(focus);
    onChange(next);
  };
  const drag = useDrag((from, over) => {
    const moved = moveTo(root, from, over);
    if (moved) apply(moved.rule, moved.place);
  });
  const building = {
    root,
    fields,
    fieldOf,
    zone: workspace.timezone,
    isDisabled,
    apply,
    move: (place: Place, direction: "up" | "down") => {
      const moved = moveRule(root, place, direction);
      if (moved) apply(moved.rule, moved.place);
    },
    left: left ?? null,
    drag,
  };
  return (
    <BuildingProvider building={building}>
      <div ref={frame} className={cn("@container", className)}>
        <RuleGroup
          group={asGroup(root)}
          place={[]}
          label={label}
          title={title}
          leftTitle={leftTitle}
          onChange={(next) => apply(replaceRule(root, [], next))}
        />
      </div>
    </BuildingProvider>
  );
}

/** Lines are known by their place, so the keyboard follows a moved line only when it is told to. */
function useFocusAfterChange(frame: React.RefObject<HTMLDivElement | null>) {
  const [wanted, setWanted] = useState<{ place: Place } | null>(null);
  useEffect(() => {
    if (!wanted) return;
    const line = frame.current?.querySelector(`[data-line="${wanted.place.join(".")}"]`);
    line?.querySelector<HTMLElement>("[role=combobox], input, button")?.focus();
  }, [wanted, frame]);
  return (place: Place) => setWanted({ place });
}

function useDrag(onDrop: (from: Place, over: Place) => void) {
  const [from, setFrom] = useState<Place | null>(null);
  const [over, setOver] = useState<Place | null>(null);
  return {
    from,
    over,
    start: (place: Place | null) => {
      setFrom(place);
      setOver(null);
    },
    hover: (place: Place | null) => setOver((old) => (old?.join() === place?.join() ? old : place)),
    drop: () => {
      if (from && over) onDrop(from, over);
      setFrom(null);
      setOver(null);
    },
  };
}
