"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Copy, FileUp, LayoutGrid, List, Plus, Search } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import { type ReactNode, useDeferredValue, useEffect } from "react";
import { useTranslations } from "use-intl";
import { useFlowActs } from "#components/flow-acts/use-flow-acts.ts";
import { useSession } from "#components/session/session-provider.tsx";
import { useTRPC } from "#components/trpc-provider/trpc-provider.tsx";
import { AddressSearch } from "#components/ui/address-search.tsx";
import { Button } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import { Kbd } from "#components/ui/kbd.tsx";
import { Page, PageHeader } from "#components/ui/page-header.tsx";
import { Segmented } from "#components/ui/segmented.tsx";
import { Select } from "#components/ui/select.tsx";
import { ListTabs } from "#components/ui/tabs.tsx";
import { FlowCard } from "./flow-card.tsx";
import { FlowMenu } from "./flow-menu.tsx";
import type { FlowRow } from "./flow-row.ts";
import { FlowSkeletons } from "./flow-skeletons.tsx";
import { FlowTable } from "./flow-table.tsx";
import { walkLinks } from "./walk-links.ts";

const tabs = ["all", "active", "paused", "held", "draft", "archived"] as const;
const sorts = ["changed", "name", "people"] as const;
const views = ["cards", "list"] as const;

/** All flows of the workspace. Search, tab, sort and view live in the address. `gallery` stands in for the list before the first flow. */
export function FlowsScreen({ gallery }: { gallery: ReactNode }) {
  const t = useTranslations("flows");
  const trpc = useTRPC();
  const acts = useFlowActs();
  const { can } = useSession();
  const may = { edit: can("edit-flows"), pause: can("pause-flows") };
  const [{ tab, search, sort, view }, setFilters] = useQueryStates({
    tab: parseAsStringLiteral(tabs).withDefault("all"),
    search: parseAsString.withDefault(""),
    sort: parseAsStringLiteral(sorts).withDefault("changed"),
    view: parseAsStringLiteral(views).withDefault("cards"),
  });
  const query = useQuery({
    ...trpc.flows.list.queryOptions({ status: tab, search: useDeferredValue(search), sort }),
    placeholderData: keepPreviousData,
  });
  useNewFlowKey(may.edit);
  if (query.data?.total === 0 && query.data.search === "" && may.edit) return gallery;
  const menuOf = (flow: FlowRow) => <FlowMenu flow={flow} acts={acts} may={may} />;
  return (
    <Page>
      <PageHeader title={t("title")} actions={may.edit ? <NewFlowButtons /> : null} />
      <div className="mt-3 mb-3 flex flex-wrap items-end justify-between gap-x-4 gap-y-2">
        <ListTabs
          label={t("title")}
          names={tabs}
          value={tab}
          onValueChange={(next) => setFilters({ tab: next })}
          textOf={(name) => t(`tabs.${name}`)}
          counts={query.data?.counts}
          className="min-w-0 max-w-full"
        />
        <div className="flex flex-wrap items-center gap-2">
          <AddressSearch
            name="search"
            className="w-56 max-md:min-w-40 max-md:flex-1"
            placeholder={t("find")}
            clearLabel={t("clear")}
          />
          <Select
            aria-label={t("sortBy")}
            className="w-auto"
            value={sort}
            onValueChange={(next) => setFilters({ sort: sorts.find((known) => known === next) ?? null })}
            options={sorts.map((value) => ({ value, label: t(`sorts.${value}`) }))}
          />
          <Segmented
            aria-label={t("view")}
            value={view}
            onValueChange={(next) => setFilters({ view: next })}
            options={[
              { value: "cards", label: <LayoutGrid aria-hidden />, title: t("views.cards") },
              { value: "list", label: <List aria-hidden />, title: t("views.list") },
            ]}
          />
        </div>
      </div>
      {query.isError ? (
        <ErrorState title={t("failedTitle")} retryLabel={t("retry")} onRetry={() => query.refetch()}>
          {t("failedBody")}
        </ErrorState>
      ) : query.data?.flows.length === 0 ? (
        <NoFlow tab={tab} search={search} onReset={() => setFilters({ tab: null, search: null })} />
      ) : (
        // biome-ignore lint/a11y/noStaticElementInteractions: arrow keys move between the links inside, which are the controls
        <div onKeyDown={walkLinks}>
          {view === "list" ? (
            <FlowTable rows={query.data?.flows} actionsOf={menuOf} />
          ) : (
            <FlowCards
              rows={query.data?.flows}
              menuOf={(flow) => (
                <>
                  {may.edit ? <DuplicateButton onPress={() => acts.duplicate(flow).catch(() => undefined)} /> : null}
                  {menuOf(flow)}
                </>
              )}
            />
          )}
        </div>
      )}
    </Page>
  );
}

function FlowCards({ rows, menuOf }: { rows: FlowRow[] | undefined; menuOf: (flow: FlowRow) => ReactNode }) {
  return (
    <ul className="grid grid-cols-1 gap-x-4 gap-y-3 min-[760px]:grid-cols-2 xl:grid-cols-3">
      {rows ? rows.map((flow) => <FlowCard key={flow.id} flow={flow} actions={menuOf(flow)} />) : <FlowSkeletons />}
    </ul>
  );
}

/** Comes up with the pointer or the keyboard; the menu, which always shows, has the same act. */
function DuplicateButton({ onPress }: { onPress: () => void }) {
  const t = useTranslations("flows");
  return (
    <IconButton
      icon={Copy}
      label={t("duplicate")}
      size="dense"
      variant="outline"
      className="opacity-0 focus-visible:opacity-100 group-focus-within:opacity-100 group-hover:opacity-100 max-md:hidden"
      onClick={onPress}
    />
  );
}

function NewFlowButtons() {
  const t = useTranslations("flows");
  return (
    <>
      <Button asChild>
        <Link href="/flows/new?import=true">
          <FileUp aria-hidden />
          {t("import")}
        </Link>
      </Button>
      <Button asChild variant="primary">
        <Link href="/flows/new">
          <Plus aria-hidden />
          {t("new")}
          <Kbd className="ml-1 border-white/30 bg-transparent text-on-accent max-md:hidden">N</Kbd>
        </Link>
      </Button>
    </>
  );
}

function NoFlow({ tab, search, onReset }: { tab: (typeof tabs)[number]; search: string; onReset: () => void }) {
  const t = useTranslations("flows");
  return (
    <EmptyState
      icon={Search}
      title={search ? t("noMatchTitle", { search }) : t("noneInTab", { tab: t(`tabs.${tab}`) })}
      action={<Button onClick={onReset}>{t("showAll")}</Button>}
    >
      {search ? t("noMatchBody") : null}
    </EmptyState>
  );
}

/** N opens the gallery from anywhere on the page but a field. */
function useNewFlowKey(isOn: boolean): void {
  const router = useRouter();
  useEffect(() => {
    if (!isOn) return;
    const onKey = (event: KeyboardEvent) => {
      const isTyping =
        event.target instanceof HTMLElement &&
        event.target.closest("input, textarea, select, [contenteditable], [role=dialog], [role=menu]");
      if (event.key.toLowerCase() !== "n" || event.ctrlKey || event.metaKey || event.altKey || isTyping) return;
      event.preventDefault();
      router.push("/flows/new");
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [isOn, router]);
}
