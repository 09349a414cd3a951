import { diffWordsWithSpace } from "diff";
import { useTranslations } from "use-intl";

type TextDiffProps = { before: string; after: string; language: string };

/** Word by word what came and what went: underlined and struck through, so that colour is not alone. */
export function TextDiff({ before, after, language }: TextDiffProps) {
  const t = useTranslations("templates.history");
  return (
    <p lang={language.replace("_", "-")} className="whitespace-pre-wrap text-sm leading-6 [overflow-wrap:anywhere]">
      {diffWordsWithSpace(before, after).map(({ value, added, removed }, index) => {
        // A part is its place in the text.
        const key = `${index} ${value}`;
        if (added)
          return (
            <ins key={key} className="rounded-xs bg-success-tint text-success underline decoration-1">
              <span className="sr-only">{t("added")} </span>
              {value}
            </ins>
          );
        if (removed)
          return (
            <del key={key} className="rounded-xs bg-danger-tint text-danger line-through">
              <span className="sr-only">{t("removed")} </span>
              {value}
            </del>
          );
        return <span key={key}>{value}</span>;
      })}
    </p>
  );
}
