"use client";

import { useQuery } from "@tanstack/react-query";
import { Smartphone } from "lucide-react";
import { useTranslations } from "use-intl";
import { useTRPC } from "#components/trpc-provider/trpc-provider.tsx";
import { useErrorWords } from "#components/trpc-provider/use-error-words.ts";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { repeated } from "#components/ui/in-order.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { AddPhone } from "./add-phone.tsx";
import { ClockBar } from "./clock-bar.tsx";
import { CustomerPhone } from "./customer-phone.tsx";
import { EventSender } from "./event-sender.tsx";
import { Ledger } from "./ledger.tsx";
import { useShownPhones } from "./use-shown-phones.ts";

/** The demo customers' phones side by side, the clock above them, events at the right, the ledger below. */
export function SandboxPhonesScreen({ businessName }: { businessName: string }) {
  const t = useTranslations("sandboxPhones");
  const errorWords = useErrorWords();
  const trpc = useTRPC();
  const query = useQuery(trpc.sandboxPhones.list.queryOptions(undefined, { refetchInterval: 1_000 }));
  const all = query.data?.phones ?? [];
  const phones = useShownPhones(all);
  if (query.isError && !query.data) {
    return (
      <div className="p-6">
        <ErrorState title={t("failedTitle")} retryLabel={t("retry")} onRetry={() => query.refetch()}>
          {errorWords(query.error)}
        </ErrorState>
      </div>
    );
  }
  return (
    <div className="flex min-h-full flex-col">
      <ClockBar list={query.data} />
      <div className="flex flex-1 flex-col gap-6 px-4 pt-4 pb-10 md:px-6">
        <PageHeader isWide title={t("title")} description={t("description")} actions={<AddPhone phones={phones} />} />
        {query.data && all.length === 0 ? (
          <EmptyState icon={Smartphone} title={t("emptyTitle")}>
            {t("emptyBody")}
          </EmptyState>
        ) : (
          <div className="flex flex-col gap-6 xl:flex-row xl:items-start">
            <div className="flex min-w-0 flex-1 snap-x gap-6 overflow-x-auto pb-3">
              {query.data && phones.shown.length === 0 ? (
                <EmptyState
                  icon={Smartphone}
                  title={t("place.none")}
                  action={<AddPhone phones={phones} />}
                  className="w-full"
                />
              ) : null}
              {query.data
                ? phones.shown.map((phone, index) => (
                    <CustomerPhone
                      key={phone.contactId}
                      phone={phone}
                      businessName={businessName}
                      now={query.data.now}
                      place={{
                        isFirst: index === 0,
                        isLast: index === phones.shown.length - 1,
                        onMove: (by) => phones.move(phone.externalId, by),
                        onClose: () => phones.close(phone.externalId),
                      }}
                    />
                  ))
                : repeated(3, () => <Skeleton className="h-[640px] w-[316px] shrink-0 rounded-[30px]" />)}
            </div>
            <EventSender list={query.data} />
          </div>
        )}
        <Ledger phones={phones.shown} />
      </div>
    </div>
  );
}
