"use client";

import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { inOrder } from "#components/ui/in-order.tsx";
import type { ChangeKind } from "./change-marks.ts";
import { type Piece, parseRichText } from "./parse-rich-text.ts";

/** A blank of a template with what stands in it: drawn tinted, amber when nothing may stand there at all. */
export type Blank = { name: string; value: string | null; isMissing?: boolean };

type BlankOf = (name: string) => Blank | null;

type RichTextProps = {
  text: string;
  /** Finds the value of `{{name}}`; without it braces stay as they are written. */
  blankOf?: BlankOf;
};

/** A message's text with WhatsApp's marks drawn as elements. A value that contains markup is never HTML. */
export function RichText({ text, blankOf }: RichTextProps) {
  return draw(parseRichText(text), blankOf);
}

const draw = (pieces: Piece[], blankOf: BlankOf | undefined): ReactNode =>
  inOrder(pieces, (piece) => drawPiece(piece, blankOf));

function drawPiece(piece: Piece, blankOf: BlankOf | undefined): ReactNode {
  switch (piece.kind) {
    case "text":
      return piece.text;
    case "blank": {
      const blank = blankOf?.(piece.name);
      return blank ? <BlankMark blank={blank} /> : `{{${piece.name}}}`;
    }
    case "bold":
      return <strong className="font-semibold">{draw(piece.pieces, blankOf)}</strong>;
    case "italic":
      return <em>{draw(piece.pieces, blankOf)}</em>;
    case "strike":
      return <s>{draw(piece.pieces, blankOf)}</s>;
    case "removed":
    case "added":
      return <ChangeMark kind={piece.kind}>{draw(piece.pieces, blankOf)}</ChangeMark>;
    case "mono":
      return <code className="font-mono text-[0.92em]">{draw(piece.pieces, blankOf)}</code>;
  }
}

/** Words that one of two compared texts has alone: struck on red, underlined on green, and said so to readers. */
function ChangeMark({ kind, children }: { kind: ChangeKind; children: ReactNode }) {
  const t = useTranslations("phone.change");
  const words = <span className="sr-only">{t(kind)} </span>;
  if (kind === "removed")
    return (
      <del className="rounded-xs bg-wa-removed box-decoration-clone px-0.5 text-wa-removed-text line-through">
        {words}
        {children}
      </del>
    );
  return (
    <ins className="rounded-xs border-wa-added-text border-b-2 bg-wa-added box-decoration-clone px-0.5 text-wa-added-text no-underline">
      {words}
      {children}
    </ins>
  );
}

function BlankMark({ blank }: { blank: Blank }) {
  const tint = blank.isMissing ? "bg-wa-missing" : "bg-wa-sample";
  return <span className={`rounded-xs box-decoration-clone px-0.5 ${tint}`}>{blank.value ?? blank.name}</span>;
}
