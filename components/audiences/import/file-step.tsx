"use client";

import { CircleAlert } from "lucide-react";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { Callout } from "#components/ui/callout.tsx";
import { DropZone } from "#components/ui/drop-zone.tsx";
import { Spinner } from "#components/ui/spinner.tsx";

/** A file is chosen, and goes to the server as it is. */
export function FileStep({ onKept }: { onKept: (importId: string) => void }) {
  const t = useTranslations("audiences.import.file");
  const [sending, setSending] = useState<string | null>(null);
  const [fault, setFault] = useState<string | null>(null);
  const send = async (file: File | undefined) => {
    if (!file) return;
    setSending(file.name);
    setFault(null);
    try {
      onKept(await keep(file));
    } catch (error) {
      setFault(
        error instanceof Refused
          ? t.has(`faults.${error.status}`)
            ? t(`faults.${error.status}`)
            : t("failed")
          : t("failed"),
      );
    } finally {
      setSending(null);
    }
  };
  return (
    <div className="space-y-4">
      {sending ? (
        <p role="status" className="flex items-center gap-2 rounded-lg border border-border px-4 py-8 text-sm">
          <Spinner />
          {t("sending", { file: sending })}
        </p>
      ) : (
        <DropZone
          accept=".csv,text/csv,text/plain"
          title={t("drop")}
          help={t("help")}
          onFile={(file) => void send(file)}
        />
      )}
      {fault ? (
        <Callout tone="danger" icon={CircleAlert}>
          {fault}
        </Callout>
      ) : null}
      <ul className="list-disc space-y-1 pl-5 text-secondary text-sm">
        {["head", "phone", "consent", "again"].map((hint) => (
          <li key={hint}>{t(`hints.${hint}`)}</li>
        ))}
      </ul>
    </div>
  );
}

class Refused extends Error {
  readonly status: number;
  constructor(status: number) {
    super(`refused with ${status}`);
    this.status = status;
  }
}

async function keep(file: File): Promise<string> {
  const response = await fetch(`/api/imports?name=${encodeURIComponent(file.name)}`, { method: "POST", body: file });
  if (!response.ok) throw new Refused(response.status);
  const answer: { importId: string } = await response.json();
  return answer.importId;
}
