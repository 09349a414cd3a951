import { FileText, Type } from "lucide-react";
import { useTranslations } from "use-intl";
import { Input } from "#components/ui/input.tsx";
import { Segmented } from "#components/ui/segmented.tsx";
import { countedLength, type DraftContent, templateLimits } from "#flow/lint-template.ts";
import { Counter } from "./counter.tsx";
import { FieldFindings } from "./field-findings.tsx";
import type { LocalFinding } from "./use-findings.ts";

type Header = DraftContent["header"];
type HeaderFieldProps = {
  header: Header;
  language: string;
  samples: Record<string, string>;
  findings: LocalFinding[];
  isLocked: boolean;
  onChange: (header: Header) => void;
};

/** Nothing, a line of text, or a document above the message. */
export function HeaderField({ header, language, samples, findings, isLocked, onChange }: HeaderFieldProps) {
  const t = useTranslations("templates.editor");
  const kind = header?.kind ?? "none";
  const isWrong = findings.some((finding) => finding.severity === "error") || undefined;
  return (
    <section className="space-y-2">
      <div className="flex items-baseline justify-between gap-3">
        <h2 className="font-medium text-sm">{t("header")}</h2>
        {header?.kind === "text" ? (
          <Counter length={countedLength(header.text, samples)} limit={templateLimits.header} />
        ) : (
          <span className="text-tertiary text-xs">{t("optional")}</span>
        )}
      </div>
      <Segmented
        aria-label={t("header")}
        className="flex w-full"
        isDisabled={isLocked}
        value={kind}
        onValueChange={(next) => onChange(headerOf(next, header))}
        options={[
          { value: "none", label: t("headers.none") },
          {
            value: "text",
            label: (
              <>
                <Type aria-hidden />
                {t("headers.text")}
              </>
            ),
          },
          {
            value: "document",
            label: (
              <>
                <FileText aria-hidden />
                {t("headers.document")}
              </>
            ),
          },
        ]}
      />
      {header?.kind === "text" ? (
        <Input
          id={`header-${language}`}
          aria-label={t("headerText")}
          aria-invalid={isWrong}
          readOnly={isLocked}
          maxLength={200}
          value={header.text}
          onChange={(event) => onChange({ kind: "text", text: event.target.value })}
        />
      ) : null}
      {header?.kind === "document" ? (
        <Input
          id={`header-${language}`}
          aria-label={t("fileName")}
          aria-invalid={isWrong}
          readOnly={isLocked}
          maxLength={120}
          value={header.fileName}
          onChange={(event) => onChange({ kind: "document", fileName: event.target.value })}
        />
      ) : null}
      <FieldFindings findings={findings} />
    </section>
  );
}

function headerOf(kind: "none" | "text" | "document", header: Header): Header {
  if (kind === "none") return null;
  if (header?.kind === kind) return header;
  return kind === "text" ? { kind, text: "" } : { kind, fileName: "document.pdf" };
}
