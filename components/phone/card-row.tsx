"use client";

import { useTranslations } from "use-intl";
import { inOrder } from "#components/ui/in-order.tsx";
import { ScrollArea } from "#components/ui/scroll-area.tsx";
import { ButtonRows } from "./button-rows.tsx";
import { Picture } from "./file-block.tsx";
import type { CardView } from "./message-view.ts";
import { type Blank, RichText } from "./rich-text.tsx";

type CardRowProps = { cards: CardView[]; blankOf?: (name: string) => Blank | null; onButton?: (id: string) => void };

/** A carousel's cards beside each other; the row is pushed sideways, as on the phone. */
export function CardRow({ cards, blankOf, onButton }: CardRowProps) {
  const t = useTranslations("phone.cards");
  return (
    <ScrollArea
      as="ul"
      aria-label={t("label", { count: cards.length })}
      className="flex w-[286px] max-w-full snap-x gap-1.5 overflow-x-auto pb-1"
    >
      {inOrder(cards, (card, index) => (
        <li
          aria-label={t("card", { number: index + 1, count: cards.length })}
          className="flex w-[84%] max-w-[204px] shrink-0 snap-start flex-col overflow-hidden rounded-md bg-wa-bubble shadow-[0_1px_0.5px_rgb(11_20_26/0.13)]"
        >
          {card.file ? (
            <Picture
              url={card.file.kind === "image" ? card.file.url : undefined}
              alt={card.file.kind === "image" ? card.file.alt : t("video")}
              className="h-[112px] w-full rounded-none"
            />
          ) : null}
          <p className="flex-1 whitespace-pre-wrap px-2.5 py-2 text-sm [overflow-wrap:anywhere]">
            <RichText text={card.body} blankOf={blankOf} />
          </p>
          <ButtonRows buttons={card.buttons} onButton={onButton} isInCard />
        </li>
      ))}
    </ScrollArea>
  );
}
