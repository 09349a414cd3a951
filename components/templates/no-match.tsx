import { ScanSearch, X } from "lucide-react";
import { useLocale, useTranslations } from "use-intl";
import { languageInSentence } from "#components/template-words/language-name.ts";
import { Button } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";

type Filter = "search" | "language" | "tab";

type NoMatchProps = {
  filters: { tab: string; search: string; language: string | null };
  /** How many there would be without each filter. */
  without: Record<Filter, number>;
  onDrop: (filters: Filter[]) => void;
};

/** Nothing fits: says what was asked in a sentence and offers to drop each filter that would help, with what that gives. */
export function NoMatch({ filters: { tab, search, language }, without, onDrop }: NoMatchProps) {
  const t = useTranslations("templates.noMatch");
  const locale = useLocale();
  const values = { search, language: language ? languageInSentence(language, locale) : "" };
  const isSet: Record<Filter, boolean> = { search: search !== "", language: language !== null, tab: tab !== "all" };
  const helpful = (["search", "language", "tab"] as const).filter((filter) => isSet[filter] && without[filter] > 0);
  const sentence = search && language ? "searchAndLanguage" : search ? "search" : language ? "language" : "tab";
  return (
    <EmptyState
      icon={ScanSearch}
      title={t("title")}
      action={
        <div className="w-80 max-w-full space-y-1.5">
          {helpful.map((filter) => (
            <button
              key={filter}
              type="button"
              onClick={() => onDrop([filter])}
              className="flex min-h-9 w-full items-center gap-2.5 rounded-md border border-border-strong bg-surface px-3 py-1.5 text-left text-ink text-sm hover:bg-hover"
            >
              <X aria-hidden className="size-3.5 shrink-0 text-secondary" />
              <span className="min-w-0 flex-1">{t(`without.${filter}`, values)}</span>
              <span className="shrink-0 font-semibold text-accent">{t("count", { count: without[filter] })}</span>
            </button>
          ))}
          {helpful.length === 0 ? (
            <Button onClick={() => onDrop(["search", "language", "tab"])}>{t("clear")}</Button>
          ) : null}
        </div>
      }
    >
      {t(sentence, values)}
    </EmptyState>
  );
}
