"use client";

import { ArrowRight } from "lucide-react";
import { useTranslations } from "use-intl";
import { markWhole } from "#components/phone/change-marks.ts";
import { RichText } from "#components/phone/rich-text.tsx";
import { WordChange } from "#components/phone/word-change.tsx";
import type { FieldLine } from "./use-change-lines.ts";

const shortest = 48;

/** One setting before and after: short ones beside each other, long texts word by word. */
export function FieldChange({ line: { name, from, to } }: { line: FieldLine }) {
  const isText = from !== null && to !== null && Math.max(from.length, to.length) > shortest;
  return (
    <div className="grid grid-cols-[minmax(72px,104px)_minmax(0,1fr)] gap-x-3 py-1.5 text-sm">
      <dt className="text-secondary [overflow-wrap:anywhere]">{name}</dt>
      <dd className="min-w-0 [overflow-wrap:anywhere]">
        {isText ? (
          <WordChange before={from} after={to} language="" />
        ) : (
          <span className="inline-flex max-w-full flex-wrap items-center gap-x-1.5">
            <Side kind="removed" text={from} />
            <ArrowRight aria-hidden className="size-3.5 shrink-0 text-tertiary" />
            <Side kind="added" text={to} />
          </span>
        )}
      </dd>
    </div>
  );
}

function Side({ kind, text }: { kind: "removed" | "added"; text: string | null }) {
  const t = useTranslations("flowEditor.changes");
  return text === null ? (
    <span className="text-tertiary">{t("nothing")}</span>
  ) : (
    <RichText text={markWhole(kind, text)} />
  );
}
