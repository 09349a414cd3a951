import { useTranslations } from "use-intl";
import { findingsAt, type LocalFinding } from "#components/template-words/use-findings.ts";
import { Input } from "#components/ui/input.tsx";
import { FieldFindings } from "./field-findings.tsx";

type VariablesTableProps = {
  variables: string[];
  samples: Record<string, string>;
  findings: LocalFinding[];
  isLocked: boolean;
  onSample: (variable: string, sample: string) => void;
};

/** The blanks of the template with the sample the reviewer reads: one set for all languages. */
export function VariablesTable({ variables, samples, findings, isLocked, onSample }: VariablesTableProps) {
  const t = useTranslations("templates.editor");
  return (
    <section>
      <div className="mb-1.5 flex items-baseline justify-between gap-3">
        <h2 className="font-medium text-sm">{t("variables")}</h2>
        <span className="text-tertiary text-xs">{t("sameInEveryLanguage")}</span>
      </div>
      {variables.length === 0 ? (
        <p className="rounded-md border border-border border-dashed px-3 py-2.5 text-secondary text-sm">
          {t("noVariables")}
        </p>
      ) : (
        <ul className="divide-y divide-border rounded-md border border-border">
          {variables.map((variable) => {
            const own = findingsAt(findings, "", `samples.${variable}`);
            return (
              <li
                key={variable}
                className="grid grid-cols-[minmax(0,2fr)_minmax(0,3fr)] items-center gap-3 px-3 py-1.5"
              >
                <span className="justify-self-start truncate rounded-xs border border-accent-border bg-accent-tint px-1.5 font-mono text-accent text-xs leading-5">
                  {variable}
                </span>
                <div className="space-y-1">
                  <Input
                    isDense
                    id={`sample-${variable}`}
                    aria-label={t("sampleOf", { variable })}
                    aria-invalid={own.length > 0 || undefined}
                    readOnly={isLocked}
                    placeholder={t("sample")}
                    maxLength={500}
                    value={samples[variable] ?? ""}
                    onChange={(event) => onSample(variable, event.target.value)}
                  />
                  <FieldFindings findings={own} />
                </div>
              </li>
            );
          })}
        </ul>
      )}
    </section>
  );
}
