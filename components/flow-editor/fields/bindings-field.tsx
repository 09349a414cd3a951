"use client";

import { CircleDashed, Link2, TextCursorInput } from "lucide-react";
import { useLocale, useTranslations } from "use-intl";
import { bindingOf, contentIn } from "#components/flow-canvas/template-words.ts";
import { messageOf } from "#components/flow-words/step-handles.ts";
import { useVariableName } from "#components/flow-words/use-variable-name.ts";
import { sourceIcons } from "#components/rule-builder/field-picker.tsx";
import { cn } from "#components/ui/cn.ts";
import { Popover } from "#components/ui/popover.tsx";
import type { Binding } from "#flow/binding.ts";
import { formatBinding, mayStayEmpty } from "#flow/format-binding.ts";
import { isFree, type MessageText, messageVariables } from "#flow/free-message.ts";
import { ownFileName } from "#flow/media-limits.ts";
import type { RuleSource } from "#flow/rule.ts";
import { allButtons } from "#flow/template.ts";
import { useEditor } from "../editor-state/editor-context.tsx";
import { useEditorWorld } from "../editor-world.tsx";
import { BindingEditor } from "./binding-editor.tsx";
import { distinctTexts } from "./fallback-texts.ts";
import type { FieldProps } from "./field-props.ts";
import { useKnownPaths } from "./use-known-paths.tsx";

/** Fill the blanks: for each variable where its value comes from, what it looks like, and what stands there when it is empty. */
export function BindingsField({ nodeId, type, value, data, onChange }: FieldProps) {
  const t = useTranslations("flowEditor.bindings");
  const catalog = useEditor((state) => state.catalog);
  const message = messageOf({ id: nodeId, type, data, position: nowhere }, catalog);
  if (!message) return <p className="text-secondary text-xs">{t("pickTemplateFirst")}</p>;
  const variables = messageVariables(message);
  if (variables.length === 0) return <p className="text-secondary text-xs">{t("noBlanks")}</p>;
  const all = value !== null && typeof value === "object" ? value : {};
  return (
    <ul className="divide-y divide-dashed divide-border">
      {variables.map((variable) => (
        <BlankRow
          key={variable}
          message={message}
          variable={variable}
          binding={bindingOf(value, variable)}
          onChange={(binding) => onChange({ ...all, [variable]: binding })}
        />
      ))}
    </ul>
  );
}

const nowhere = { x: 0, y: 0 };

type BlankRowProps = {
  message: MessageText;
  variable: string;
  binding: Binding | null;
  onChange: (binding: Binding) => void;
};

function BlankRow({ message, variable, binding, onChange }: BlankRowProps) {
  const t = useTranslations("flowEditor.bindings");
  const locale = useLocale();
  const { workspaceTimezone } = useEditorWorld();
  const { factsOf, sampleOf } = useKnownPaths();
  const nameOfVariable = useVariableName();
  const name = variable.startsWith("link.") ? linkName(message, variable, locale, t) : nameOfVariable(variable);
  const sample =
    binding?.from === "path"
      ? // As the message will write it: an amount with its currency, a date in words.
        formatBinding({ ...binding, fallback: null }, factsOf(), locale, workspaceTimezone) ||
        sampleOf(binding.path) ||
        (message.samples[variable] ?? "")
      : "";
  return (
    <li className="py-2 first:pt-0 last:pb-0">
      <p className="mb-1 text-secondary text-sm">{name}</p>
      <div className="flex min-w-0 items-center gap-2">
        <Popover
          className="w-80"
          trigger={
            <button
              type="button"
              className={cn(
                "inline-flex h-6 min-w-0 max-w-full items-center gap-1.5 rounded-sm px-2 font-medium text-sm",
                binding
                  ? "bg-accent-tint text-accent hover:bg-accent-border"
                  : "border border-warning-border border-dashed bg-warning-tint text-warning",
              )}
            >
              <span className="sr-only">{t("choose", { name })}: </span>
              <SourceChip binding={binding} />
            </button>
          }
        >
          <BindingEditor message={message} variable={variable} name={name} binding={binding} onChange={onChange} />
        </Popover>
        {sample ? <span className="min-w-0 truncate text-sm">{sample}</span> : null}
      </div>
      <FallbackLine binding={binding} />
    </li>
  );
}

function SourceChip({ binding }: { binding: Binding | null }) {
  const t = useTranslations("flowEditor.bindings");
  const { nameOf } = useKnownPaths();
  const Icon = binding ? iconOf(binding) : CircleDashed;
  const words = !binding
    ? t("open")
    : binding.from === "path"
      ? nameOf(binding.path)
      : binding.from === "text"
        ? (ownFileName(binding.text) ?? t("quoted", { text: binding.text }))
        : t(binding.kind === "upload" ? "uploadLink" : "trackedLink");
  return (
    <>
      <Icon aria-hidden className="size-3.5 shrink-0" />
      <span className="truncate">{words}</span>
    </>
  );
}

function iconOf(binding: Binding) {
  if (binding.from === "link") return Link2;
  if (binding.from === "text") return TextCursorInput;
  const source = binding.path.split(".")[0];
  const known: Partial<Record<string, (typeof sourceIcons)[RuleSource]>> = sourceIcons;
  return known[source ?? ""] ?? CircleDashed;
}

/** What happens when there is no value: amber where the message would then stay behind. */
function FallbackLine({ binding }: { binding: Binding | null }) {
  const t = useTranslations("flowEditor.bindings");
  if (!binding) return <p className="mt-1 text-warning text-xs">{t("nothingFills")}</p>;
  if (binding.from === "link")
    return <p className="mt-1 text-secondary text-xs">{t("validFor", { hours: binding.validHours })}</p>;
  if (binding.from === "text") return <p className="mt-1 text-secondary text-xs">{t("sameForAll")}</p>;
  const texts = distinctTexts(binding.fallback);
  if (texts.length > 0)
    return (
      <p className="mt-1 text-secondary text-xs">
        {t("ifEmpty", { fallback: texts.map((text) => t("quoted", { text })).join(" / ") })}
      </p>
    );
  const color = mayStayEmpty(binding) ? "text-warning" : "text-secondary";
  return <p className={cn("mt-1 text-xs", color)}>{t("noFallback")}</p>;
}

/** A link blank is named by its button's words: nobody knows it by its id. */
function linkName(
  message: MessageText,
  variable: string,
  locale: string,
  t: ReturnType<typeof useTranslations>,
): string {
  const contents = [contentIn(message, locale), ...message.languages];
  const button = contents
    .flatMap((content): { id: string; text: string }[] =>
      !content ? [] : isFree(content) ? content.buttons : allButtons(content),
    )
    .find((candidate) => `link.${candidate.id}` === variable);
  return t("buttonLink", { button: button?.text ?? variable });
}
