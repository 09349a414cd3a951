"use client";

import type { KeyboardEvent } from "react";
import { useTranslations } from "use-intl";
import { ChangeTile } from "#components/flow-words/change-list.tsx";
import { FieldChange } from "#components/flow-words/field-change.tsx";
import type { ChangeLine } from "#components/flow-words/use-change-lines.ts";
import { cn } from "#components/ui/cn.ts";

type DiffListProps = {
  lines: readonly ChangeLine[];
  chosen: ChangeLine | null;
  onChoose: (line: ChangeLine) => void;
  /** In two columns, where there is the width. */
  isWide?: boolean | undefined;
  className?: string;
};

const groups = ["steps", "connections", "aids", "settings"] as const;

/** Steps at the left, the rest at the right below each other. */
const placeOf = (group: (typeof groups)[number]): string => (group === "steps" ? "sm:row-span-3" : "");

/** The changes in groups. Arrow keys walk them; the one that is chosen shows its fields, and the canvas shows where it is. */
export function DiffList({ lines, chosen, onChoose, isWide, className }: DiffListProps) {
  const t = useTranslations("flowDiff");
  return (
    <div data-changes className={cn(isWide && "sm:grid sm:grid-cols-2 sm:content-start", className)}>
      {groups.map((group) => {
        const own = lines.filter((line) => line.group === group);
        return own.length === 0 ? null : (
          <section
            key={group}
            aria-label={t(group)}
            className={cn("pb-2", isWide && own.length === lines.length && "col-span-2", isWide && placeOf(group))}
          >
            <h4 className="px-4 pt-3 pb-1 font-medium text-secondary text-xs">{t(group)}</h4>
            <ul className={cn(isWide && own.length === lines.length && "sm:grid sm:grid-cols-2")}>
              {own.map((line) => (
                <li key={`${line.kind} ${line.id}`}>
                  <Line line={line} isChosen={line === chosen} onChoose={() => onChoose(line)} />
                </li>
              ))}
            </ul>
          </section>
        );
      })}
    </div>
  );
}

/** Arrow keys go from change to change, also into the next group. */
function walk(event: KeyboardEvent<HTMLButtonElement>) {
  const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
  if (step === 0) return;
  const buttons = [...(event.currentTarget.closest("[data-changes]")?.querySelectorAll("button") ?? [])];
  const next = buttons[buttons.indexOf(event.currentTarget) + step];
  if (!next) return;
  event.preventDefault();
  next.focus();
  next.click();
}

function Line({ line, isChosen, onChoose }: { line: ChangeLine; isChosen: boolean; onChoose: () => void }) {
  const t = useTranslations("flowEditor.changes");
  const { group, kind, title, detail, fields } = line;
  return (
    <>
      <button
        type="button"
        aria-current={isChosen ? "true" : undefined}
        onClick={onChoose}
        onKeyDown={walk}
        className={cn(
          "relative flex w-full gap-2.5 px-4 py-2 text-left hover:bg-hover focus-visible:-outline-offset-2",
          isChosen &&
            "bg-accent-tint before:absolute before:inset-y-0 before:left-0 before:w-0.5 before:bg-accent hover:bg-accent-tint",
        )}
      >
        <ChangeTile kind={kind} />
        <span className="min-w-0 flex-1">
          <span className="block font-medium text-sm [overflow-wrap:anywhere]">
            <span className="sr-only">{t(`kinds.${kind}`)}: </span>
            {title}
          </span>
          {detail ? <span className="line-clamp-2 text-secondary text-xs">{detail}</span> : null}
        </span>
        {fields.length > 0 ? <span className="tabular text-secondary text-xs">{fields.length}</span> : null}
      </button>
      {isChosen && group === "settings" && fields.length > 0 ? (
        <dl className="px-4 pb-2 pl-11">
          {fields.map((field) => (
            <FieldChange key={`${field.name} ${field.from} ${field.to}`} line={field} />
          ))}
        </dl>
      ) : null}
    </>
  );
}
