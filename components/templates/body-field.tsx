"use client";

import { Bold, Braces, Code, Italic, Strikethrough } from "lucide-react";
import { useRef } from "react";
import { useTranslations } from "use-intl";
import type { LocalFinding } from "#components/template-words/use-findings.ts";
import { Button } from "#components/ui/button.tsx";
import { cn } from "#components/ui/cn.ts";
import { IconButton } from "#components/ui/icon-button.tsx";
import { Label } from "#components/ui/label.tsx";
import { Counter } from "./counter.tsx";
import { FieldFindings } from "./field-findings.tsx";
import { InsertVariable } from "./insert-variable.tsx";

const marks = [
  { id: "bold", icon: Bold, mark: "*", key: "b", withShift: false },
  { id: "italic", icon: Italic, mark: "_", key: "i", withShift: false },
  { id: "strike", icon: Strikethrough, mark: "~", key: "x", withShift: true },
  { id: "mono", icon: Code, mark: "```", key: "m", withShift: true },
] as const;

/** Both layers must break lines alike, or the tints would not lie under their words. */
const textClasses = "whitespace-pre-wrap break-words px-3 py-2.5 text-sm leading-[22px] [overflow-wrap:anywhere]";

type BodyFieldProps = {
  id: string;
  label: string;
  limit: number;
  value: string;
  onValueChange: (body: string) => void;
  variables: string[];
  samples: Record<string, string>;
  length: number;
  findings: LocalFinding[];
  isLocked: boolean;
  /** Fewer lines, for a card. */
  isShort?: boolean;
};

/** The text of a message or a card with WhatsApp's marks and blanks. Blanks are tinted under the text; nobody is stopped from typing on. */
export function BodyField({
  id,
  label,
  limit,
  value,
  onValueChange,
  variables,
  samples,
  length,
  findings,
  isLocked,
  isShort,
}: BodyFieldProps) {
  const t = useTranslations("templates.editor");
  const field = useRef<HTMLTextAreaElement>(null);
  const isWrong = findings.some((finding) => finding.severity === "error");
  const replace = (edit: (selected: string) => { text: string; caret: number }) => {
    if (!field.current) return;
    const { selectionStart, selectionEnd } = field.current;
    const { text, caret } = edit(value.slice(selectionStart, selectionEnd));
    typeInto(field.current, text);
    const at = selectionStart + caret;
    field.current.setSelectionRange(at, at);
    onValueChange(field.current.value);
  };
  const wrap = (mark: string) =>
    replace((selected) => ({
      text: `${mark}${selected}${mark}`,
      caret: selected ? selected.length + 2 * mark.length : mark.length,
    }));
  return (
    <div className="space-y-1.5">
      <div className="flex items-baseline justify-between gap-3">
        <Label htmlFor={id}>{label}</Label>
        <Counter length={length} limit={limit} />
      </div>
      <div
        className={cn(
          "rounded-md border bg-surface focus-within:outline-1",
          isWrong
            ? "border-danger focus-within:outline-danger"
            : "border-border-strong focus-within:border-accent focus-within:outline-accent",
        )}
      >
        <div className="flex flex-wrap items-center gap-0.5 border-border border-b px-1.5 py-1">
          {marks.map(({ id: mark, icon, mark: sign, key, withShift }) => (
            <IconButton
              key={mark}
              icon={icon}
              size="dense"
              label={t(`marks.${mark}`)}
              shortcut={withShift ? `Ctrl ⇧ ${key.toUpperCase()}` : `Ctrl ${key.toUpperCase()}`}
              disabled={isLocked}
              onClick={() => wrap(sign)}
            />
          ))}
          <span aria-hidden className="mx-1 h-5 w-px bg-border" />
          <InsertVariable
            variables={variables}
            samples={samples}
            onInsert={(name) => replace(() => ({ text: `{{${name}}}`, caret: name.length + 4 }))}
            trigger={
              <Button size="dense" variant="quiet" className="text-accent hover:text-accent" disabled={isLocked}>
                <Braces aria-hidden />
                {t("insertVariable")}
              </Button>
            }
          />
          <span className="ml-auto pr-1 text-tertiary text-xs">
            {t("variableCount", { count: variables.filter((name) => value.includes(`{{${name}}}`)).length })}
          </span>
        </div>
        <div className="relative">
          <div
            aria-hidden
            className={cn(textClasses, "pointer-events-none text-transparent", isShort ? "min-h-20" : "min-h-32")}
          >
            <TintedText text={value} />
            {/* A last empty line has no height of its own. */}
            {"\u200b"}
          </div>
          <textarea
            id={id}
            ref={field}
            value={value}
            readOnly={isLocked}
            maxLength={4096}
            aria-invalid={isWrong || undefined}
            aria-describedby={findings.length > 0 ? `${id}-findings` : undefined}
            onChange={(event) => onValueChange(event.target.value)}
            onKeyDown={(event) => {
              const known = marks.find(
                ({ key, withShift }) => key === event.key.toLowerCase() && withShift === event.shiftKey,
              );
              if (!known || !(event.ctrlKey || event.metaKey) || isLocked) return;
              event.preventDefault();
              wrap(known.mark);
            }}
            placeholder={t("bodyPlaceholder")}
            className={cn(
              textClasses,
              "absolute inset-0 h-full w-full resize-none overflow-hidden bg-transparent text-ink outline-none placeholder:text-tertiary read-only:text-secondary",
            )}
          />
        </div>
      </div>
      <FieldFindings id={`${id}-findings`} findings={findings} />
    </div>
  );
}

/**
 * Puts text in place of what is selected as if it were typed, so that the browser's undo takes it back like any key. No other call does
 * that; where it is missing, the text comes in all the same.
 */
function typeInto(field: HTMLTextAreaElement, text: string): void {
  field.focus();
  if (!document.execCommand("insertText", false, text))
    field.setRangeText(text, field.selectionStart, field.selectionEnd, "end");
}

function TintedText({ text }: { text: string }) {
  return text.split(/(\{\{(?:[a-z_][a-z0-9_]*|[1-9]\d?)\}\})/).map((part, index) =>
    part.startsWith("{{") && part.endsWith("}}") ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: a part is its place in the text
      <mark key={index} className="rounded-xs bg-accent-tint text-transparent ring-1 ring-accent-border">
        {part}
      </mark>
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: a part is its place in the text
      <span key={index}>{part}</span>
    ),
  );
}
