"use client";

import { useState } from "react";
import { useTranslations } from "use-intl";
import { useSession } from "#components/session/session-provider.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Segmented } from "#components/ui/segmented.tsx";
import { Select } from "#components/ui/select.tsx";
import type { Binding, Formatter, LinkBinding } from "#flow/binding.ts";
import type { MessageText } from "#flow/free-message.ts";
import { mediaKindOf, ownFileName } from "#flow/media-limits.ts";
import { CurrencyPicker } from "./currency-picker.tsx";
import { FallbackFields } from "./fallback-fields.tsx";
import { MediaFile } from "./media-file.tsx";
import { PathPicker } from "./path-field.tsx";
import { formatFor } from "./suggest-bindings.ts";
import { useKnownPaths } from "./use-known-paths.tsx";

type BindingEditorProps = {
  message: MessageText;
  variable: string;
  name: string;
  binding: Binding | null;
  onChange: (binding: Binding) => void;
};

/** The picker behind a blank's chip. A blank that is a link can only be filled by a link. */
export function BindingEditor(props: BindingEditorProps) {
  return props.variable.startsWith("link.") ? <LinkEditor {...props} /> : <ValueEditor {...props} />;
}

function ValueEditor({ message, variable, name, binding, onChange }: BindingEditorProps) {
  const t = useTranslations("flowEditor.bindings");
  const files = useTranslations("flowEditor.mediaFile");
  const { known } = useKnownPaths();
  const kind = mediaKindOf(variable);
  const hasFile = binding?.from === "text" && ownFileName(binding.text) !== null;
  const [isChoosing, setChoosing] = useState(false);
  const source = hasFile || isChoosing ? "file" : binding?.from === "text" ? "text" : "path";
  const path = binding?.from === "path" ? binding : null;
  const pick = (next: string) => {
    const found = known.find((candidate) => candidate.path === next);
    onChange({
      from: "path",
      path: next,
      format: found ? formatFor(found, known) : { kind: "text" },
      fallback: path?.fallback ?? null,
    });
  };
  return (
    <div className="space-y-3">
      <Segmented
        aria-label={t("source", { name })}
        isDense
        className="flex"
        options={[
          { value: "path", label: t("fromData") },
          { value: "text", label: t(kind ? "address" : "fixedText") },
          ...(kind ? [{ value: "file", label: files("file") }] : []),
        ]}
        value={source}
        onValueChange={(next) => {
          setChoosing(next === "file");
          if (next === "text") onChange({ from: "text", text: "" });
          if (next === "path") pick(known[0]?.path ?? "contact.firstName");
        }}
      />
      {source === "file" && kind ? (
        <MediaFile
          kind={kind}
          address={binding?.from === "text" ? binding.text : ""}
          onChange={(text) => onChange({ from: "text", text })}
        />
      ) : binding?.from === "text" ? (
        <Field label={t(kind ? "address" : "fixedText")}>
          <Input value={binding.text} onChange={(event) => onChange({ from: "text", text: event.target.value })} />
        </Field>
      ) : (
        <>
          <div className="space-y-1.5">
            <p className="font-medium text-sm">{t("value")}</p>
            <PathPicker label={t("value")} value={path?.path ?? ""} onChange={pick} />
          </div>
          {path ? (
            <>
              <FormatPicker format={path.format} onChange={(format) => onChange({ ...path, format })} />
              <FallbackFields
                languages={message.languages.map(({ language }) => language)}
                fallback={path.fallback}
                onChange={(fallback) => onChange({ ...path, fallback })}
              />
            </>
          ) : null}
        </>
      )}
    </div>
  );
}

type CurrencyHints = { path: string | undefined; own: string };

const formats: Record<string, (currency: CurrencyHints) => Formatter> = {
  text: () => ({ kind: "text" }),
  capitalize: () => ({ kind: "capitalize" }),
  upper: () => ({ kind: "upper" }),
  number: () => ({ kind: "number" }),
  money: ({ path, own }) => (path ? { kind: "money", currencyPath: path } : { kind: "money", currency: own }),
  "date-short": () => ({ kind: "date", style: "short" }),
  "date-long": () => ({ kind: "date", style: "long" }),
  "date-time": () => ({ kind: "date", style: "time" }),
};

function FormatPicker({ format, onChange }: { format: Formatter; onChange: (format: Formatter) => void }) {
  const t = useTranslations("flowEditor.bindings");
  const { known } = useKnownPaths();
  const { workspace } = useSession();
  const path = known.find(({ name }) => /^(currency|devise)$/i.test(name))?.path;
  const chosen = format.kind === "date" ? `date-${format.style}` : format.kind;
  return (
    <>
      <Field label={t("formatLabel")}>
        <Select
          options={Object.keys(formats).map((key) => ({ value: key, label: t(`formats.${key}`) }))}
          value={chosen}
          onValueChange={(key) => onChange(formats[key]?.({ path, own: workspace.currency }) ?? { kind: "text" })}
        />
      </Field>
      {format.kind === "money" ? (
        <Field label={t("currency")} help={t("currencyHelp")}>
          <CurrencyPicker format={format} onChange={onChange} label={t("currency")} />
        </Field>
      ) : null}
    </>
  );
}

function LinkEditor({ name, binding, onChange }: BindingEditorProps) {
  const t = useTranslations("flowEditor.bindings");
  const link: LinkBinding = binding?.from === "link" ? binding : { from: "link", kind: "upload", validHours: 48 };
  return (
    <div className="space-y-3">
      <Segmented
        aria-label={t("source", { name })}
        isDense
        className="flex"
        options={[
          { value: "upload", label: t("uploadLink") },
          { value: "tracked", label: t("trackedLink") },
        ]}
        value={binding?.from === "link" ? link.kind : "upload"}
        onValueChange={(kind) =>
          onChange(
            kind === "upload"
              ? { from: "link", kind, validHours: link.validHours }
              : { from: "link", kind, target: "https://", validHours: link.validHours },
          )
        }
      />
      <p className="text-secondary text-xs">{t(link.kind === "upload" ? "uploadHelp" : "trackedHelp")}</p>
      {link.kind === "tracked" ? (
        <Field label={t("target")}>
          <Input
            type="url"
            value={link.target}
            className="font-mono text-xs"
            onChange={(event) => onChange({ ...link, target: event.target.value.trim() })}
          />
        </Field>
      ) : null}
      <Field label={t("validHours")}>
        <Input
          type="number"
          min={1}
          value={link.validHours}
          className="tabular w-28"
          onChange={(event) =>
            onChange({ ...link, validHours: Math.max(1, Math.round(event.target.valueAsNumber || 1)) })
          }
        />
      </Field>
    </div>
  );
}
