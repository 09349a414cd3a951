"use client";

import type { ColumnDef } from "@tanstack/react-table";
import { ChevronDown, SignalHigh, SignalLow, SignalMedium } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import type { ReactNode } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { AccountStandings } from "#components/template-words/account-standings.tsx";
import { LanguageTag, TemplateStatusChip } from "#components/template-words/template-status.tsx";
import { DataTable, menuColumn } from "#components/ui/data-table.tsx";
import { Popover } from "#components/ui/popover.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import type { TemplateRow } from "./template-row.ts";

type TemplateTableProps = {
  rows: TemplateRow[] | undefined;
  currentId?: string;
  menuOf: (row: TemplateRow) => ReactNode;
};

/** Language tags that fit; the rest is counted. */
const mostTags = 4;

export function TemplateTable({ rows, currentId, menuOf }: TemplateTableProps) {
  const t = useTranslations("templates");
  const router = useRouter();
  const columns: ColumnDef<TemplateRow>[] = [
    {
      id: "template",
      header: t("columns.template"),
      enableSorting: false,
      cell: ({ row }) => <NameCell row={row.original} />,
    },
    {
      id: "status",
      header: t("columns.status"),
      enableSorting: false,
      cell: ({ row }) => <StatusCell row={row.original} />,
    },
    {
      id: "languages",
      header: t("columns.languages"),
      enableSorting: false,
      cell: ({ row }) => <LanguagesCell row={row.original} />,
    },
    {
      id: "quality",
      header: t("columns.quality"),
      enableSorting: false,
      cell: ({ row }) => <QualityCell quality={row.original.quality} />,
    },
    {
      id: "usedIn",
      header: t("columns.usedIn"),
      enableSorting: false,
      cell: ({ row }) => <UsedInCell row={row.original} />,
    },
    {
      id: "sent",
      header: t("columns.sent"),
      enableSorting: false,
      meta: { isNumber: true },
      cell: ({ row }) => <SentCell sent={row.original.sent} />,
    },
    {
      id: "changed",
      header: t("columns.changed"),
      enableSorting: false,
      meta: { isNumber: true, className: "whitespace-nowrap text-secondary" },
      cell: ({ row }) => <RelativeTime date={row.original.updatedAt} />,
    },
    menuColumn({ label: t("actions"), menuOf, className: "relative w-12 pl-0!" }),
  ];
  return (
    <DataTable
      caption={t("caption")}
      columns={columns}
      rows={rows}
      rowId={(row) => row.id}
      currentRowId={currentId}
      onRowClick={(row) => router.push(`/templates/${row.id}`)}
    />
  );
}

function NameCell({ row }: { row: TemplateRow }) {
  const t = useTranslations("templates");
  return (
    <span className="block min-w-48">
      <Link
        href={`/templates/${row.id}`}
        className="block max-w-80 truncate font-medium font-mono text-sm hover:underline"
        title={row.name}
      >
        {row.name}
      </Link>
      <span className="text-secondary text-xs">{t(`category.${row.category}`)}</span>
    </span>
  );
}

/** The chip, and one line below it when somebody must act. */
function StatusCell({ row }: { row: TemplateRow }) {
  const t = useTranslations("templates.stopped");
  const reason = row.languages.find((one) => one.status === row.status)?.statusReason;
  const held = row.usedIn.filter((flow) => flow.held > 0);
  const people = held.reduce((sum, flow) => sum + flow.held, 0);
  return (
    <span className="block">
      <TemplateStatusChip status={row.status} />
      {row.accounts.length > 0 ? <AccountsApart accounts={row.accounts} /> : null}
      {reason && row.status !== "approved" ? (
        <span className="mt-0.5 block max-w-52 truncate text-secondary text-xs" title={reason}>
          {reason}
        </span>
      ) : null}
      {people > 0 ? (
        <span className="mt-0.5 block text-warning text-xs">{t("heldShort", { people, flows: held.length })}</span>
      ) : null}
    </span>
  );
}

/** Where accounts do not agree: what each of them says. */
function AccountsApart({ accounts }: Pick<TemplateRow, "accounts">) {
  const t = useTranslations("templates.accounts");
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions lint/a11y/useKeyWithClickEvents: only keeps clicks of the panel from opening the row
    <span className="block" onClick={(event) => event.stopPropagation()}>
      <Popover
        className="w-80"
        trigger={
          <button
            type="button"
            className="relative mt-0.5 flex items-center gap-1 text-secondary text-xs hover:text-ink hover:underline"
          >
            {t("apart", { count: accounts.length })}
            <ChevronDown aria-hidden className="size-3" />
          </button>
        }
      >
        <AccountStandings accounts={accounts} />
      </Popover>
    </span>
  );
}

function LanguagesCell({ row }: { row: TemplateRow }) {
  const rest = row.languages.length - mostTags;
  return (
    <span className="flex gap-1">
      {row.languages.slice(0, mostTags).map(({ language, status, statusReason }) => (
        <LanguageTag key={language} language={language} status={status} reason={statusReason} />
      ))}
      {rest > 0 ? <span className="text-secondary text-xs leading-5">+{rest}</span> : null}
    </span>
  );
}

const qualityLooks = {
  green: { icon: SignalHigh, ink: "text-success" },
  yellow: { icon: SignalMedium, ink: "text-warning" },
  red: { icon: SignalLow, ink: "text-danger" },
};

function QualityCell({ quality }: { quality: TemplateRow["quality"] }) {
  const t = useTranslations("templates.quality");
  if (quality === null)
    return (
      <span className="text-tertiary" title={t("unknown")}>
        <span aria-hidden>–</span>
        <span className="sr-only">{t("unknown")}</span>
      </span>
    );
  const { icon: Icon, ink } = qualityLooks[quality];
  return (
    <span className="inline-flex items-center gap-1.5 whitespace-nowrap">
      <Icon aria-hidden className={`size-4 ${ink}`} strokeWidth={2.5} />
      {t(quality)}
    </span>
  );
}

function UsedInCell({ row }: { row: TemplateRow }) {
  const t = useTranslations("templates");
  if (row.usedIn.length === 0) return <span className="text-tertiary">{t("noFlow")}</span>;
  const [flow] = row.usedIn;
  const names = row.usedIn.map((one) => one.name).join(", ");
  const people = row.usedIn.reduce((sum, one) => sum + one.waiting, 0);
  return (
    <span className="block max-w-48" title={names}>
      {row.usedIn.length === 1 && flow ? (
        <Link href={`/flows/${flow.flowId}`} className="block truncate hover:underline">
          {flow.name}
        </Link>
      ) : (
        <span className="block">{t("flows", { count: row.usedIn.length })}</span>
      )}
      <span className="block truncate text-secondary text-xs">
        {people > 0 ? t("peopleWaiting", { count: people }) : row.usedIn.length === 1 ? t("nobodyWaiting") : names}
      </span>
    </span>
  );
}

function SentCell({ sent }: { sent: number }) {
  const format = useFormatter();
  return sent === 0 ? <span className="text-tertiary">–</span> : format.number(sent);
}
