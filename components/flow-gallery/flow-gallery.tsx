"use client";

import { FilePlus, FileUp } from "lucide-react";
import { parseAsBoolean, parseAsString, useQueryStates } from "nuqs";
import { useState } from "react";
import { useLocale, useTranslations } from "use-intl";
import { AddressSearch } from "#components/ui/address-search.tsx";
import { Button } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { OptionGrid } from "#components/ui/option-grid.tsx";
import { Page, PageHeader } from "#components/ui/page-header.tsx";
import { Segmented } from "#components/ui/segmented.tsx";
import { type Starter, starters } from "#flow/starters/index.ts";
import { localizeStarter } from "#flow/starters/starter.ts";
import { ImportDialog } from "./import-dialog.tsx";
import { StarterCard } from "./starter-card.tsx";
import { StarterPreview } from "./starter-preview.tsx";
import { useCreateFlow } from "./use-create-flow.ts";

const categories = [...new Set(starters.map((starter) => starter.category))];

/** Where a flow begins: a starter with its preview, a blank canvas, or a file. `isFirst`: in the place of the empty list of flows. */
export function FlowGallery({ isFirst = false }: { isFirst?: boolean }) {
  const t = useTranslations("flowGallery");
  const names = useTranslations("starters");
  const language = useLocale() === "fr" ? "fr" : "en";
  const create = useCreateFlow();
  const [{ category, find, import: isImporting }, setAddress] = useQueryStates({
    category: parseAsString.withDefault("all"),
    find: parseAsString.withDefault(""),
    import: parseAsBoolean.withDefault(false),
  });
  const [selectedId, setSelectedId] = useState<string | null>(null);
  const words = find.trim().toLowerCase();
  const shown = starters
    .filter(
      (starter) =>
        (category === "all" || starter.category === category) &&
        `${names(`${starter.id}.name`)} ${names(`${starter.id}.promise`)}`.toLowerCase().includes(words),
    )
    .map((starter) => localizeStarter(starter, language));
  const selected = shown.find((starter) => starter.id === selectedId) ?? shown[0];
  const use = (starter: Starter) => create.mutate({ name: names(`${starter.id}.name`), starterId: starter.id });
  const isBusy = create.isPending || create.isSuccess;
  return (
    <Page className="flex min-h-[calc(100dvh-48px)] flex-col pb-0! xl:block xl:min-h-0 xl:pb-6!">
      <PageHeader
        title={isFirst ? t("firstTitle") : t("title")}
        description={isFirst ? t("firstDescription") : t("description")}
        actions={<AddressSearch name="find" className="w-56" placeholder={t("find")} clearLabel={t("clear")} />}
      />
      <div className="mt-4 grid flex-1 content-between items-start gap-5 xl:content-start xl:grid-cols-[minmax(0,1fr)_376px]">
        <div className="min-w-0">
          <div className="mb-3 flex flex-wrap items-center justify-between gap-2">
            <Segmented
              aria-label={t("category")}
              className="max-w-full overflow-x-auto"
              value={category}
              onValueChange={(next) => setAddress({ category: next === "all" ? null : next })}
              options={[
                { value: "all", label: t("all") },
                ...categories.map((value) => ({ value, label: t(`categories.${value}`) })),
              ]}
            />
            <div className="flex flex-wrap gap-2">
              <Button isBusy={isBusy} onClick={() => create.mutate({ name: t("blankName") })}>
                <FilePlus aria-hidden />
                {t("blank")}
              </Button>
              <Button onClick={() => setAddress({ import: true })}>
                <FileUp aria-hidden />
                {t("import")}
              </Button>
            </div>
          </div>
          {selected ? (
            <OptionGrid
              label={t("starters")}
              shown={shown}
              selected={selected}
              onSelect={(starter) => setSelectedId(starter.id)}
              onEnter={use}
            >
              {(starter, place) => (
                <StarterCard
                  key={starter.id}
                  {...place}
                  starter={starter}
                  onSelect={() => setSelectedId(starter.id)}
                  onUse={() => use(starter)}
                />
              )}
            </OptionGrid>
          ) : (
            <EmptyState
              icon={FilePlus}
              title={t("noMatchTitle")}
              action={<Button onClick={() => setAddress({ find: null, category: null })}>{t("showAll")}</Button>}
            >
              {t("noMatchBody")}
            </EmptyState>
          )}
        </div>
        {selected ? <StarterPreview starter={selected} isBusy={isBusy} onUse={() => use(selected)} /> : null}
      </div>
      <ImportDialog isOpen={isImporting} onClose={() => setAddress({ import: null })} />
    </Page>
  );
}
