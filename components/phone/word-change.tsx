import { markTogether } from "./change-marks.ts";
import { RichText } from "./rich-text.tsx";

/** One text that became another, in one line of reading: what went struck, what came underlined. */
export function WordChange({ before, after, language }: { before: string; after: string; language: string }) {
  return (
    <p lang={language.replace("_", "-")} className="whitespace-pre-wrap text-sm leading-6 [overflow-wrap:anywhere]">
      <RichText text={markTogether(before, after)} />
    </p>
  );
}
