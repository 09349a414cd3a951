"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { toast } from "sonner";
import { useTranslations } from "use-intl";
import { useTRPC } from "#components/trpc-provider/trpc-provider.tsx";
import { useErrorWords } from "#components/trpc-provider/use-error-words.ts";
import { Button } from "#components/ui/button.tsx";
import { inOrder } from "#components/ui/in-order.tsx";
import { ColumnRow } from "./column-row.tsx";
import { ConsentFields } from "./consent-fields.tsx";
import type { Consent, FoundImport, Target } from "./import-types.ts";
import { PreviewStep } from "./preview-step.tsx";

type MappingStepsProps = { found: FoundImport; isPreview: boolean; onPreview: (isPreview: boolean) => void };

/** What each column is, what people have agreed to, and then a look at the first rows before anything is taken in. */
export function MappingSteps({ found, isPreview, onPreview }: MappingStepsProps) {
  const t = useTranslations("audiences.import");
  const trpc = useTRPC();
  const client = useQueryClient();
  const errorWords = useErrorWords();
  const [mapping, setMapping] = useState<Record<string, Target>>(found.guess);
  const [consent, setConsent] = useState<Consent>({ purposes: [], source: "", wording: "" });
  const start = useMutation(
    trpc.imports.start.mutationOptions({
      onSuccess: () => client.invalidateQueries(trpc.imports.pathFilter()),
      onError: (error) => toast.error(errorWords(error)),
    }),
  );
  const used = Object.values(mapping);
  const isNamed = used.includes("phone") || used.includes("externalId");
  const isProven = consent.purposes.length === 0 || consent.source !== "" || used.includes("consentSource");
  const input = { importId: found.id, mapping, consent: consent.purposes.length > 0 ? consent : null };
  if (isPreview)
    return (
      <>
        <PreviewStep input={input} rows={found.rows} />
        <Foot>
          <Button onClick={() => onPreview(false)}>{t("back")}</Button>
          <Button variant="primary" isBusy={start.isPending} onClick={() => start.mutate(input)}>
            {t("start", { count: found.rows })}
          </Button>
        </Foot>
      </>
    );
  return (
    <>
      <h3 className="font-semibold text-sm">{t("columns.title")}</h3>
      <p className="mb-2 text-secondary text-xs">{t("columns.help")}</p>
      <ul className="divide-y divide-border rounded-lg border border-border">
        {inOrder(found.columns, (name, index) => (
          <ColumnRow
            name={name}
            sample={found.preview.map(({ cells }) => cells[index] ?? "").find((cell) => cell !== "") ?? ""}
            target={mapping[String(index)] ?? "ignore"}
            taken={used}
            onChange={(target) => setMapping({ ...mapping, [String(index)]: target })}
          />
        ))}
      </ul>
      {isNamed ? null : <p className="mt-2 text-danger text-xs">{t("columns.needsPerson")}</p>}
      <ConsentFields consent={consent} hasColumn={used.includes("consentSource")} onChange={setConsent} />
      <Foot>
        <Button variant="primary" disabled={!isNamed || !isProven} onClick={() => onPreview(true)}>
          {t("toPreview")}
        </Button>
      </Foot>
    </>
  );
}

const Foot = ({ children }: { children: React.ReactNode }) => (
  <div className="mt-5 flex justify-end gap-2">{children}</div>
);
