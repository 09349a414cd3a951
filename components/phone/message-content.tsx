"use client";

import { Ban, CircleUserRound, FileCheck2 } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { cn } from "#components/ui/cn.ts";
import { hasChanges } from "./change-marks.ts";
import { FileBlock } from "./file-block.tsx";
import { MapTile, PlaceLines } from "./map-tile.tsx";
import { LinkPreview } from "./message-around.tsx";
import type { HeaderView, MessageView, PlainView } from "./message-view.ts";
import { OfferBlock } from "./offer-block.tsx";
import { OrderBlock, orderOfBill, ProductsBlock } from "./order-block.tsx";
import { type Blank, RichText } from "./rich-text.tsx";

type MessageContentProps = {
  message: MessageView;
  isOwn: boolean;
  blankOf?: (name: string) => Blank | null;
  /** Keeps the last line of text free for the time that stands in its corner. */
  timeSpace: ReactNode;
};

/** What is inside a bubble, by the message's kind. */
export function MessageContent(props: MessageContentProps) {
  const { message, isOwn, blankOf, timeSpace } = props;
  switch (message.kind) {
    case undefined:
    case "plain":
      return <PlainContent {...props} message={message} />;
    case "attached":
      return (
        <>
          <FileBlock file={message.file} isOwn={isOwn} />
          {message.caption ? (
            <p className="whitespace-pre-wrap [overflow-wrap:anywhere]">
              <RichText text={message.caption} blankOf={blankOf} />
              {timeSpace}
            </p>
          ) : message.file.kind === "audio" || !timeSpace ? null : (
            // A player has room for the time beside its length; under a picture it needs a line.
            <p aria-hidden className="h-3.5" />
          )}
        </>
      );
    case "place":
      return (
        <div className="min-w-[236px]">
          <MapTile place={message.place} className="-mx-1.5 mb-1.5 rounded-sm" />
          <PlaceLines place={message.place} timeSpace={timeSpace} />
        </div>
      );
    case "people":
      return (
        <ul className="min-w-48 space-y-1.5">
          {message.people.map((person, index) => (
            <li key={person.name} className="flex items-center gap-2.5">
              <CircleUserRound aria-hidden className="size-9 shrink-0 text-wa-tick" strokeWidth={1.25} />
              <span className="min-w-0">
                <span className="block truncate font-medium">{person.name}</span>
                <span className="block text-[11.5px] text-wa-secondary leading-4">
                  {person.detail}
                  {index === message.people.length - 1 ? timeSpace : null}
                </span>
              </span>
            </li>
          ))}
        </ul>
      );
    case "answers":
      return <Answers {...props} message={message} />;
    case "notice":
      return <Notice notice={message.notice} timeSpace={timeSpace} />;
  }
}

function PlainContent({ message, isOwn, blankOf, timeSpace }: MessageContentProps & { message: PlainView }) {
  return (
    <>
      {message.preview ? <LinkPreview preview={message.preview} isOwn={isOwn} /> : null}
      {message.header ? <Header header={message.header} isOwn={isOwn} blankOf={blankOf} /> : null}
      {message.offer ? <OfferBlock offer={message.offer} isOwn={isOwn} /> : null}
      {message.products ? <ProductsBlock products={message.products} isOwn={isOwn} /> : null}
      {message.order ? <OrderBlock order={message.order} isOwn={isOwn} /> : null}
      {message.bill ? <OrderBlock order={orderOfBill(message.bill)} isOwn={isOwn} /> : null}
      <p className="whitespace-pre-wrap [overflow-wrap:anywhere]">
        <RichText text={message.body} blankOf={blankOf} />
        {message.footer ? null : timeSpace}
      </p>
      {message.footer ? (
        <p className="mt-1 text-[11.5px] text-wa-secondary leading-4">
          {hasChanges(message.footer) ? <RichText text={message.footer} /> : message.footer}
          {timeSpace}
        </p>
      ) : null}
    </>
  );
}

type HeaderProps = { header: HeaderView; isOwn: boolean; blankOf?: (name: string) => Blank | null };

function Header({ header, isOwn, blankOf }: HeaderProps) {
  if (header.kind === "text")
    return (
      <p className="mb-0.5 font-semibold">
        <RichText text={header.text} blankOf={blankOf} />
      </p>
    );
  if (header.kind === "location")
    return (
      <div className="-mx-1.5 mb-1.5 overflow-hidden rounded-sm">
        <MapTile place={header.place} />
        <div className={cn("px-2 py-1.5", isOwn ? "bg-wa-attachment-outgoing" : "bg-wa-attachment")}>
          <PlaceLines place={header.place} />
        </div>
      </div>
    );
  return <FileBlock file={header} isOwn={isOwn} />;
}

function Answers({ message, isOwn, timeSpace }: MessageContentProps & { message: MessageView & { kind: "answers" } }) {
  return (
    <>
      <div
        className={cn("-mx-1.5 mb-1 rounded-sm px-2 py-1.5", isOwn ? "bg-wa-attachment-outgoing" : "bg-wa-attachment")}
      >
        <p className="flex items-center gap-1.5 font-medium">
          <FileCheck2 aria-hidden className="size-4 shrink-0 text-wa-accent" />
          {message.title}
        </p>
        <dl className="mt-0.5 text-xs">
          {message.answers.map(({ label, value }) => (
            <div key={label} className="flex gap-1.5">
              <dt className="shrink-0 text-wa-secondary">{label}</dt>
              <dd className="min-w-0 truncate">{value}</dd>
            </div>
          ))}
        </dl>
      </div>
      <p>{timeSpace}</p>
    </>
  );
}

function Notice({ notice, timeSpace }: { notice: "deleted" | "unsupported"; timeSpace: ReactNode }) {
  const t = useTranslations("phone.notice");
  return (
    <p className="flex items-center gap-1.5 text-wa-secondary italic">
      <Ban aria-hidden className="size-3.5 shrink-0" />
      <span>
        {t(notice)}
        {timeSpace}
      </span>
    </p>
  );
}
