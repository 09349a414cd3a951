"use client";

import { Braces } from "lucide-react";
import { useTranslations } from "use-intl";
import { Counter } from "#components/marked-text/counter.tsx";
import { MarkedText } from "#components/marked-text/marked-text.tsx";
import type { LocalFinding } from "#components/template-words/use-findings.ts";
import { Button } from "#components/ui/button.tsx";
import { Label } from "#components/ui/label.tsx";
import { FieldFindings } from "./field-findings.tsx";
import { InsertVariable } from "./insert-variable.tsx";

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

/** The text of a message or a card, with what is wrong with it under it. */
export function BodyField(props: BodyFieldProps) {
  const { id, label, limit, value, onValueChange, variables, samples, length, findings, isLocked, isShort } = props;
  const t = useTranslations("templates.editor");
  return (
    <div className="space-y-1.5">
      <div className="flex items-baseline justify-between gap-3">
        <Label htmlFor={id}>{label}</Label>
        <Counter length={length} limit={limit} />
      </div>
      <MarkedText
        id={id}
        value={value}
        onValueChange={onValueChange}
        placeholder={t("bodyPlaceholder")}
        isWrong={findings.some((finding) => finding.severity === "error")}
        isLocked={isLocked}
        isShort={isShort}
        describedBy={findings.length > 0 ? `${id}-findings` : undefined}
        aside={t("variableCount", { count: variables.filter((name) => value.includes(`{{${name}}}`)).length })}
        tools={(insert) => (
          <InsertVariable
            variables={variables}
            samples={samples}
            onInsert={(name) => insert(`{{${name}}}`)}
            trigger={
              <Button size="dense" variant="quiet" className="text-accent hover:text-accent" disabled={isLocked}>
                <Braces aria-hidden />
                {t("insertVariable")}
              </Button>
            }
          />
        )}
      />
      <FieldFindings id={`${id}-findings`} findings={findings} />
    </div>
  );
}
