"use client";

import { FilePlus } from "lucide-react";
import Link from "next/link";
import { parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import { useLocale, useTranslations } from "use-intl";
import { WhatsAppMessage } from "#components/phone/whatsapp-message.tsx";
import { AddressSearch } from "#components/ui/address-search.tsx";
import { Button } from "#components/ui/button.tsx";
import { Chip } from "#components/ui/chip.tsx";
import { cn } from "#components/ui/cn.ts";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { OptionGrid } from "#components/ui/option-grid.tsx";
import { Page, PageHeader } from "#components/ui/page-header.tsx";
import { Segmented } from "#components/ui/segmented.tsx";
import { previewMessage } from "#flow/render-message.ts";
import { templateGallery } from "#flow/template-gallery/gallery.ts";
import type { GalleryEntry } from "#flow/template-gallery/gallery-entry.ts";
import { GalleryPreview } from "./gallery-preview.tsx";

const topics = ["all", "payments", "accounts", "security", "service"] as const;

/** Ready texts to begin a template with. What is chosen lives in the address; arrows walk the cards. */
export function GalleryScreen() {
  const t = useTranslations("templates.gallery");
  const names = useTranslations("templateGallery");
  const [{ topic, find, entry: chosen }, setAddress] = useQueryStates({
    topic: parseAsStringLiteral(topics).withDefault("all"),
    find: parseAsString.withDefault(""),
    entry: parseAsString,
  });
  const words = find.trim().toLowerCase();
  const shown = templateGallery.filter(
    (entry) =>
      (topic === "all" || entry.topic === topic) &&
      `${names(`${entry.id}.name` as Parameters<typeof names>[0])} ${entry.useCase ?? ""}`
        .toLowerCase()
        .includes(words),
  );
  const selected = shown.find((entry) => entry.id === chosen) ?? shown[0];
  return (
    <Page>
      <PageHeader
        title={t("title")}
        description={t("description")}
        actions={<AddressSearch name="find" className="w-56" placeholder={t("find")} clearLabel={t("clear")} />}
      />
      <div className="mt-4 grid items-start gap-5 xl:grid-cols-[minmax(0,1fr)_376px]">
        <div className="min-w-0">
          <div className="mb-3 flex flex-wrap items-center justify-between gap-2">
            <Segmented
              aria-label={t("topic")}
              className="max-w-full overflow-x-auto"
              value={topic}
              onValueChange={(next) => setAddress({ topic: next === "all" ? null : next })}
              options={topics.map((value) => ({ value, label: t(`topics.${value}`) }))}
            />
            <Button asChild>
              <Link href="/templates?create=true">
                <FilePlus aria-hidden />
                {t("blank")}
              </Link>
            </Button>
          </div>
          {selected ? (
            <OptionGrid
              label={t("texts")}
              shown={shown}
              selected={selected}
              onSelect={(entry) => setAddress({ entry: entry.id })}
              // The name of the new template is all that is missing.
              onEnter={() => document.getElementById("template-name")?.focus()}
            >
              {(entry, place) => (
                <EntryCard key={entry.id} {...place} entry={entry} onSelect={() => setAddress({ entry: entry.id })} />
              )}
            </OptionGrid>
          ) : (
            <EmptyState
              icon={FilePlus}
              title={t("noMatchTitle")}
              action={<Button onClick={() => setAddress({ find: null, topic: null })}>{t("showAll")}</Button>}
            >
              {t("noMatchBody")}
            </EmptyState>
          )}
        </div>
        {selected ? <GalleryPreview key={selected.id} entry={selected} /> : null}
      </div>
    </Page>
  );
}

type EntryCardProps = { entry: GalleryEntry; id: string; isSelected: boolean; onSelect: () => void };

function EntryCard({ entry, id, isSelected, onSelect }: EntryCardProps) {
  const names = useTranslations("templateGallery");
  const categories = useTranslations("templates.category");
  const locale = useLocale();
  const content = entry.languages.find((one) => one.language === locale) ?? entry.languages[0];
  if (!content) return null;
  return (
    // biome-ignore lint/a11y/useFocusableInteractive lint/a11y/useKeyWithClickEvents: the list box has the focus and the keys (aria-activedescendant)
    <div
      id={id}
      role="option"
      aria-selected={isSelected}
      onClick={onSelect}
      className={cn(
        "flex cursor-pointer flex-col overflow-hidden rounded-lg border bg-surface transition-colors",
        isSelected ? "border-accent ring-1 ring-accent" : "border-border hover:border-border-strong",
      )}
    >
      {/* The option is named by its words below. */}
      <div
        aria-hidden
        className="flex h-[148px] items-start overflow-hidden border-border border-b bg-wa-chat px-3 py-2.5"
      >
        <WhatsAppMessage
          message={previewMessage(content, entry.samples)}
          from="business"
          isDense
          blankOf={(name) => ({ name, value: entry.samples[name] ?? null })}
          className="max-w-full [&_p]:line-clamp-3"
        />
      </div>
      <div className="flex min-h-[49px] items-center gap-3 px-3.5 py-1.5">
        <div className="min-w-0 flex-1">
          <h2 className="truncate font-semibold text-sm">{names(`${entry.id}.name` as Parameters<typeof names>[0])}</h2>
          <p className="truncate text-secondary text-xs">{entry.useCase ?? entry.name}</p>
        </div>
        <Chip>{categories(entry.category)}</Chip>
      </div>
    </div>
  );
}
