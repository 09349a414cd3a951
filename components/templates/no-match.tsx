import { LayoutTemplate, ScanSearch, X } from "lucide-react";
import type { ReactNode } from "react";
import { useLocale, useTranslations } from "use-intl";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { languageName } from "./language-name.ts";

type NoMatchProps = {
  filters: { tab: string; search: string; language: string | null };
  /** How many there would be in all tabs with the other filters kept. */
  inAllTabs: number;
  onDrop: (filter: "tab" | "search" | "language") => void;
};

/** Nothing fits: says what was asked in a sentence and offers to drop each filter. */
export function NoMatch({ filters: { tab, search, language }, inAllTabs, onDrop }: NoMatchProps) {
  const t = useTranslations("templates");
  const locale = useLocale();
  const name = language ? languageName(language, locale) : "";
  return (
    <EmptyState
      icon={ScanSearch}
      title={t("noMatch.title")}
      action={
        <div className="w-80 max-w-full space-y-1.5">
          {search ? (
            <DropFilter
              icon={<X aria-hidden />}
              words={t("noMatch.withoutSearch", { search })}
              onDrop={() => onDrop("search")}
            />
          ) : null}
          {language ? (
            <DropFilter
              icon={<X aria-hidden />}
              words={t("noMatch.withoutLanguage", { language: name })}
              onDrop={() => onDrop("language")}
            />
          ) : null}
          {tab === "all" ? null : (
            <DropFilter
              icon={<LayoutTemplate aria-hidden />}
              words={t("noMatch.inAllTabs")}
              count={t("noMatch.count", { count: inAllTabs })}
              onDrop={() => onDrop("tab")}
            />
          )}
        </div>
      }
    >
      {search && language
        ? t("noMatch.searchAndLanguage", { search, language: name })
        : search
          ? t("noMatch.search", { search })
          : language
            ? t("noMatch.language", { language: name })
            : t("noMatch.tab")}
    </EmptyState>
  );
}

function DropFilter({
  icon,
  words,
  count,
  onDrop,
}: {
  icon: ReactNode;
  words: string;
  count?: string;
  onDrop: () => void;
}) {
  return (
    <button
      type="button"
      onClick={onDrop}
      className="flex min-h-9 w-full items-center gap-2.5 rounded-md border border-border-strong bg-surface px-3 text-left text-ink text-sm hover:bg-hover [&_svg]:size-3.5 [&_svg]:text-secondary"
    >
      {icon}
      <span className="min-w-0 flex-1">{words}</span>
      {count ? <span className="font-semibold text-accent">{count}</span> : null}
    </button>
  );
}
