"use client";

import type { ColumnDef } from "@tanstack/react-table";
import type { inferRouterOutputs } from "@trpc/server";
import { Check, Minus, OctagonMinus } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import type { ReactNode } from "react";
import { useLocale, useTranslations } from "use-intl";
import { Avatar } from "#components/ui/avatar.tsx";
import { Chip } from "#components/ui/chip.tsx";
import { DataTable } from "#components/ui/data-table.tsx";
import { useProductNow } from "#components/ui/product-time.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { consentAt, consentPurposes } from "#flow/gate/consent.ts";
import type { AppRouter } from "#server/router.ts";

export type ContactRow = inferRouterOutputs<AppRouter>["contacts"]["list"]["rows"][number];

/** One line a person; a click opens the person's page. */
export function ContactsTable({ rows, empty }: { rows: ContactRow[] | undefined; empty: ReactNode }) {
  const t = useTranslations("contacts");
  const locale = useLocale();
  const router = useRouter();
  const columns: ColumnDef<ContactRow>[] = [
    {
      id: "person",
      header: t("columns.person"),
      enableSorting: false,
      cell: ({ row: { original: row } }) => {
        const name = [row.firstName, row.lastName].filter(Boolean).join(" ");
        return (
          <div className="flex items-center gap-2.5">
            <Avatar name={name || "?"} seed={row.id} />
            <div className="min-w-0">
              <Link
                href={`/contacts/${row.id}`}
                // The row opens the same page for the mouse; the link is for the keyboard and for a new tab.
                onClick={(event) => event.stopPropagation()}
                className="block truncate font-medium hover:underline"
              >
                {name || t("noName")}
              </Link>
              <p className="truncate font-mono text-tertiary text-xs">{row.externalId}</p>
            </div>
          </div>
        );
      },
    },
    {
      id: "number",
      header: t("columns.number"),
      enableSorting: false,
      cell: ({ row: { original: row } }) => (
        <span className="tabular whitespace-nowrap text-secondary">{row.phone ?? t("noPhone")}</span>
      ),
    },
    {
      id: "language",
      header: t("columns.language"),
      enableSorting: false,
      cell: ({ row: { original: row } }) => <span className="text-secondary">{languageName(row.locale, locale)}</span>,
    },
    {
      id: "consent",
      header: t("columns.consent"),
      enableSorting: false,
      cell: ({ row: { original: row } }) => <Consents row={row} />,
    },
    {
      id: "inFlows",
      header: t("columns.inFlows"),
      enableSorting: false,
      meta: { isNumber: true },
      cell: ({ row: { original: row } }) => row.inFlows || "",
    },
    {
      id: "changed",
      header: t("columns.changed"),
      enableSorting: false,
      cell: ({ row: { original: row } }) => (
        <RelativeTime date={row.updatedAt} className="whitespace-nowrap text-secondary" />
      ),
    },
  ];
  return (
    <DataTable
      caption={t("caption")}
      columns={columns}
      rows={rows}
      rowId={(row) => row.id}
      onRowClick={(row) => router.push(`/contacts/${row.id}`)}
      empty={empty}
    />
  );
}

function Consents({ row }: { row: ContactRow }) {
  const t = useTranslations("contacts");
  const now = useProductNow()?.getTime() ?? 0;
  if (row.suppressedReason || row.isListed) {
    return (
      <Chip tone="danger" icon={OctagonMinus}>
        {t("neverMessage")}
      </Chip>
    );
  }
  const granted = consentPurposes.filter((purpose) => consentAt(row.consents[purpose], now) === "granted");
  if (granted.length === 0) {
    return <Chip icon={Minus}>{t("nothing")}</Chip>;
  }
  return (
    <span className="flex flex-wrap gap-1">
      {granted.map((purpose) => (
        <Chip key={purpose} tone="success" icon={Check}>
          {t(`purpose.${purpose}`)}
        </Chip>
      ))}
    </span>
  );
}

/** "français" for "fr_FR" in the reader's language; the code itself where nobody knows it. */
export function languageName(code: string | null, locale: string): string {
  if (!code) return "";
  try {
    return new Intl.DisplayNames([locale], { type: "language" }).of(code.replace("_", "-")) ?? code;
  } catch {
    return code;
  }
}
