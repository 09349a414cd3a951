"use client";

import { FileSpreadsheet, FileText, ImageOff, Play } from "lucide-react";
import { useState } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { cn } from "#components/ui/cn.ts";
import { AudioPlayer } from "./audio-player.tsx";
import type { FileView } from "./message-view.ts";

type FileBlockProps = { file: FileView; isOwn: boolean };

/** What a message carries, as WhatsApp shows it: edge to edge pictures, a player, a document's plate. */
export function FileBlock({ file, isOwn }: FileBlockProps) {
  switch (file.kind) {
    case "image":
      return <Picture url={file.url} alt={file.alt} className="-mx-1.5 mb-1.5 w-[calc(100%+12px)] rounded-sm" />;
    case "sticker":
      return <Picture url={file.url} alt={file.alt} className="size-[120px] bg-transparent object-contain" />;
    case "video":
      return <Video url={file.url} />;
    case "audio":
      return <AudioPlayer file={file} />;
    case "document":
      return <DocumentPlate file={file} isOwn={isOwn} />;
  }
}

/** A picture, or a plate in its place when it cannot be had. */
export function Picture({ url, alt, className }: { url?: string; alt: string; className?: string }) {
  const t = useTranslations("phone.file");
  const [isBroken, setBroken] = useState(false);
  // A picture that failed before the page came alive fires no error any more.
  const watch = (image: HTMLImageElement | null) => {
    if (image?.complete && image.naturalWidth === 0) setBroken(true);
  };
  if (!url || isBroken) {
    return (
      <span
        className={cn(
          "grid h-[124px] w-[236px] max-w-none place-items-center rounded-sm bg-wa-attachment text-wa-secondary",
          className,
        )}
      >
        <span className="flex flex-col items-center gap-1 px-2 text-center text-[11.5px] leading-4">
          <ImageOff aria-hidden className="size-6" strokeWidth={1.5} />
          {alt || t("picture")}
        </span>
      </span>
    );
  }
  return (
    // biome-ignore lint/performance/noImgElement: pictures of messages are data of any host, not assets of ours
    <img
      ref={watch}
      src={url}
      alt={alt}
      loading="lazy"
      onError={() => setBroken(true)}
      className={cn("block max-h-64 min-h-[72px] w-[236px] max-w-none bg-wa-attachment object-cover", className)}
    />
  );
}

function Video({ url }: { url?: string }) {
  const t = useTranslations("phone.file");
  const box = "-mx-1.5 mb-1.5 block h-[132px] w-[calc(100%+12px)] min-w-[236px] rounded-sm bg-[#1f2c33]";
  if (url && !/^https?:/.test(url)) {
    return (
      // biome-ignore lint/a11y/useMediaCaption: what a customer has filmed has no captions
      <video src={url} controls preload="metadata" aria-label={t("video")} className={box} />
    );
  }
  return (
    <span role="img" aria-label={t("video")} className={cn(box, "relative grid place-items-center")}>
      <span className="grid size-11 place-items-center rounded-full bg-black/45 text-white">
        <Play aria-hidden className="size-5 fill-current" />
      </span>
    </span>
  );
}

function DocumentPlate({ file, isOwn }: { file: FileView & { kind: "document" }; isOwn: boolean }) {
  const t = useTranslations("phone.file");
  const format = useFormatter();
  const ending = /\.([a-z0-9]{1,5})$/i.exec(file.fileName)?.[1]?.toUpperCase() ?? "PDF";
  const isTable = /^(XLSX?|CSV)$/.test(ending);
  const Icon = isTable ? FileSpreadsheet : FileText;
  const size = file.bytes === undefined ? null : sizeIn(file.bytes);
  const facts = [
    ...(file.pages === undefined ? [] : [t("pages", { count: file.pages })]),
    ...(size ? [format.number(size.amount, { style: "unit", unit: size.unit, maximumFractionDigits: 1 })] : []),
    ending,
  ];
  const row = (
    <>
      <Icon aria-hidden className={cn("size-7 shrink-0", isTable ? "text-success" : "text-danger")} strokeWidth={1.5} />
      <span className="min-w-0">
        <span className="block truncate font-medium">{file.fileName}</span>
        <span className="block text-[11.5px] text-wa-secondary leading-4">{facts.join(", ")}</span>
      </span>
    </>
  );
  const classes = cn(
    "-mx-1.5 mb-1.5 flex min-w-44 items-center gap-2 rounded-sm px-2 py-1.5",
    isOwn ? "bg-wa-attachment-outgoing" : "bg-wa-attachment",
  );
  return file.url ? (
    <a href={file.url} target="_blank" rel="noreferrer" className={classes}>
      {row}
    </a>
  ) : (
    <div className={classes}>{row}</div>
  );
}

const sizeIn = (bytes: number) =>
  bytes < 1_000_000
    ? ({ amount: Math.max(1, Math.round(bytes / 1_000)), unit: "kilobyte" } as const)
    : ({ amount: bytes / 1_000_000, unit: "megabyte" } as const);
