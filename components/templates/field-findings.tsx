import { CircleX, TriangleAlert } from "lucide-react";
import type { LocalFinding } from "#components/template-words/use-findings.ts";
import { useFindingWords } from "#components/template-words/use-findings.ts";

/** What is wrong with a field, under it, in the words of the checks. */
export function FieldFindings({ id, findings }: { id?: string; findings: LocalFinding[] }) {
  const words = useFindingWords();
  if (findings.length === 0) return null;
  return (
    <div id={id} className="space-y-1">
      {findings.map((finding) => {
        const isError = finding.severity === "error";
        const Icon = isError ? CircleX : TriangleAlert;
        return (
          <p
            key={`${finding.rule} ${finding.field}`}
            className={`flex items-start gap-1.5 text-xs ${isError ? "text-danger" : "text-warning"}`}
          >
            <Icon aria-hidden className="mt-px size-3.5 shrink-0" />
            {words(finding).title}
          </p>
        );
      })}
    </div>
  );
}
