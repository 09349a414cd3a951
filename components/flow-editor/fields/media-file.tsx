"use client";

import { CircleAlert, Paperclip } from "lucide-react";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { z } from "zod";
import { Callout } from "#components/ui/callout.tsx";
import { DropZone } from "#components/ui/drop-zone.tsx";
import { Spinner } from "#components/ui/spinner.tsx";
import { type MediaKind, mediaLimits, ownFileName } from "#flow/media-limits.ts";

type MediaFileProps = { kind: MediaKind; address: string; onChange: (address: string) => void };

/** A file that everybody gets: dropped or chosen here, kept by the product, fetched from there by WhatsApp. */
export function MediaFile({ kind, address, onChange }: MediaFileProps) {
  const t = useTranslations("flowEditor.mediaFile");
  const [sending, setSending] = useState<string | null>(null);
  const [fault, setFault] = useState<string | null>(null);
  const name = ownFileName(address);
  const send = async (file: File | undefined) => {
    if (!file) return;
    setFault(null);
    if (file.size > mediaLimits[kind].bytes) return setFault(t("faults.413"));
    setSending(file.name);
    const status = await keep(kind, file, onChange).catch(() => 0);
    setSending(null);
    if (status !== 200) setFault(t.has(`faults.${status}`) ? t(`faults.${status}`) : t("failed"));
  };
  const { types } = mediaLimits[kind];
  const accept = Object.values(types).flatMap(({ mime, ending }) => [`.${ending}`, mime.split(";")[0] ?? mime]);
  return (
    <div className="space-y-2">
      {name ? (
        <p className="flex items-center gap-2 rounded-sm border border-border px-2 py-1.5 text-sm">
          <Paperclip aria-hidden className="size-3.5 shrink-0 text-secondary" />
          <a href={address} target="_blank" rel="noreferrer" className="truncate hover:underline">
            {name}
          </a>
        </p>
      ) : null}
      {sending ? (
        <p role="status" className="flex items-center gap-2 rounded-lg border border-border px-4 py-6 text-sm">
          <Spinner />
          {t("sending", { file: sending })}
        </p>
      ) : (
        <DropZone
          accept={[...new Set(accept)].join(",")}
          title={t(name ? "change" : "choose")}
          help={t(`limits.${kind}`)}
          onFile={(file) => void send(file)}
        />
      )}
      {fault ? (
        <Callout tone="danger" icon={CircleAlert}>
          {fault}
        </Callout>
      ) : null}
      <p className="text-secondary text-xs">{t("help")}</p>
    </div>
  );
}

const Kept = z.object({ address: z.string() });

/** Answers the status; 0 where what came back is no answer of ours. */
async function keep(kind: MediaKind, file: File, onKept: (address: string) => void): Promise<number> {
  const response = await fetch(`/api/media?kind=${kind}&name=${encodeURIComponent(file.name)}`, {
    method: "POST",
    body: file,
  });
  if (!response.ok) return response.status;
  const kept = Kept.safeParse(await response.json());
  if (!kept.success) return 0;
  onKept(kept.data.address);
  return 200;
}
