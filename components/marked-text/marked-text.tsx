"use client";

import { Bold, Code, Italic, Strikethrough } from "lucide-react";
import { type ReactNode, useRef } from "react";
import { useTranslations } from "use-intl";
import { cn } from "#components/ui/cn.ts";
import { IconButton } from "#components/ui/icon-button.tsx";
import { inOrder } from "#components/ui/in-order.tsx";

const marks = [
  { id: "bold", icon: Bold, mark: "*", key: "b", withShift: false },
  { id: "italic", icon: Italic, mark: "_", key: "i", withShift: false },
  { id: "strike", icon: Strikethrough, mark: "~", key: "x", withShift: true },
  { id: "mono", icon: Code, mark: "```", key: "m", withShift: true },
] as const;

/** Both layers must break lines alike, or the tints would not lie under their words. */
const textClasses = "whitespace-pre-wrap break-words px-3 py-2.5 text-sm leading-[22px] [overflow-wrap:anywhere]";

type MarkedTextProps = {
  id: string;
  value: string;
  onValueChange: (text: string) => void;
  lang?: string;
  placeholder?: string;
  isWrong?: boolean;
  isLocked?: boolean;
  /** Fewer lines. */
  isShort?: boolean;
  maxLength?: number;
  describedBy?: string;
  /** Draws the way to put a blank in; `insert` puts text where the caret stands. */
  tools?: (insert: (text: string) => void) => ReactNode;
  /** At the end of the tools: a count, say. */
  aside?: ReactNode;
};

/** A text with WhatsApp's marks and blanks. Blanks are tinted under the text; nobody is stopped from typing on. */
export function MarkedText(props: MarkedTextProps) {
  const { id, value, onValueChange, lang, placeholder, isWrong, isLocked, isShort, maxLength = 4096 } = props;
  const t = useTranslations("templates.editor");
  const field = useRef<HTMLTextAreaElement>(null);
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
        {props.tools ? (
          <>
            <span aria-hidden className="mx-1 h-5 w-px bg-border" />
            {props.tools((text) => replace(() => ({ text, caret: text.length })))}
          </>
        ) : null}
        {props.aside ? <span className="ml-auto pr-1 text-tertiary text-xs">{props.aside}</span> : null}
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
          lang={lang}
          value={value}
          readOnly={isLocked}
          maxLength={maxLength}
          aria-invalid={isWrong || undefined}
          aria-describedby={props.describedBy}
          onChange={(event) => onValueChange(event.target.value)}
          onKeyDown={(event) => {
            const known = marks.find(
              ({ key, withShift }) => key === event.key.toLowerCase() && withShift === event.shiftKey,
            );
            if (!known || !(event.ctrlKey || event.metaKey) || isLocked) return;
            event.preventDefault();
            wrap(known.mark);
          }}
          placeholder={placeholder}
          className={cn(
            textClasses,
            "absolute inset-0 h-full w-full resize-none overflow-hidden bg-transparent text-ink outline-none placeholder:text-tertiary read-only:text-secondary",
          )}
        />
      </div>
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
  return inOrder(text.split(/(\{\{(?:[a-z_][a-z0-9_]*|[1-9]\d?)\}\})/), (part) =>
    part.startsWith("{{") && part.endsWith("}}") ? (
      <mark className="rounded-xs bg-accent-tint text-transparent ring-1 ring-accent-border">{part}</mark>
    ) : (
      <span>{part}</span>
    ),
  );
}
