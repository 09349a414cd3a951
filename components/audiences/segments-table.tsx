"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { ColumnDef } from "@tanstack/react-table";
import type { inferRouterOutputs } from "@trpc/server";
import { Archive, Ellipsis, Plus, Send, Users } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { toast } from "sonner";
import { useTranslations } from "use-intl";
import { useSession } from "#components/session/session-provider.tsx";
import { useTRPC } from "#components/trpc-provider/trpc-provider.tsx";
import { useErrorWords } from "#components/trpc-provider/use-error-words.ts";
import { Button } from "#components/ui/button.tsx";
import { Chip } from "#components/ui/chip.tsx";
import { DataTable, menuColumn } from "#components/ui/data-table.tsx";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuTrigger,
} from "#components/ui/dropdown-menu.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import type { AppRouter } from "#server/router.ts";
import { SegmentPeople } from "./segment-people.tsx";
import { useSegmentFields } from "./use-segment-fields.ts";
import { useSegmentSentence } from "./use-segment-sentence.ts";
import { useSendTo } from "./use-send-to.ts";

type SegmentRow = inferRouterOutputs<AppRouter>["audiences"]["list"]["rows"][number];

type SegmentsTableProps = { rows: SegmentRow[] | undefined; search: string; onClear: () => void };

/** One line a segment: who is in it in a sentence, how many they were, and which flows it starts. */
export function SegmentsTable({ rows, search, onClear }: SegmentsTableProps) {
  const t = useTranslations("audiences");
  const router = useRouter();
  const { can } = useSession();
  const sentence = useSegmentSentence(useSegmentFields());
  const columns: ColumnDef<SegmentRow>[] = [
    {
      accessorKey: "name",
      header: t("columns.segment"),
      cell: ({ row: { original: row } }) => (
        <div className="max-w-xl min-w-0 py-0.5">
          <Link
            href={`/audiences/${row.id}`}
            onClick={(event) => event.stopPropagation()}
            className="block truncate font-medium hover:underline"
          >
            {row.name}
          </Link>
          <p className="truncate text-secondary text-xs first-letter:uppercase">{sentence(row.rule)}</p>
        </div>
      ),
    },
    {
      accessorKey: "people",
      header: t("columns.people"),
      meta: { isNumber: true },
      cell: ({ row: { original: row } }) => <SegmentPeople rule={row.rule} saved={row.people} />,
    },
    {
      id: "flows",
      header: t("columns.flows"),
      enableSorting: false,
      cell: ({ row: { original: row } }) => <Flows flows={row.flows} />,
    },
    {
      accessorKey: "updatedAt",
      header: t("columns.changed"),
      cell: ({ row: { original: row } }) => (
        <span className="whitespace-nowrap text-secondary">
          <RelativeTime date={row.updatedAt} />
          {row.updatedBy ? ` · ${row.updatedBy}` : ""}
        </span>
      ),
    },
    menuColumn({ label: t("columns.acts"), className: "w-10", menuOf: (row) => <SegmentMenu row={row} /> }),
  ];
  return (
    <DataTable
      caption={t("caption")}
      columns={columns}
      rows={rows}
      rowId={(row) => row.id}
      onRowClick={(row) => router.push(`/audiences/${row.id}`)}
      empty={
        search ? (
          <EmptyState icon={Users} title={t("noMatchTitle")} action={<Button onClick={onClear}>{t("clear")}</Button>}>
            {t("noMatchBody", { search })}
          </EmptyState>
        ) : (
          <EmptyState
            icon={Users}
            title={t("emptyTitle")}
            action={
              can("edit-audiences") ? (
                <Button variant="primary" asChild>
                  <Link href="/audiences/new">
                    <Plus aria-hidden />
                    {t("new")}
                  </Link>
                </Button>
              ) : null
            }
          >
            {t("emptyBody")}
          </EmptyState>
        )
      }
    />
  );
}

function Flows({ flows }: { flows: SegmentRow["flows"] }) {
  const t = useTranslations("audiences");
  const [first, ...others] = flows;
  if (!first) return <span className="text-tertiary">{t("noFlow")}</span>;
  return (
    <span className="flex min-w-0 items-center gap-1.5">
      <Link
        href={`/flows/${first.id}`}
        onClick={(event) => event.stopPropagation()}
        className="max-w-48 truncate hover:underline"
      >
        {first.name}
      </Link>
      {first.isRunning ? <Chip tone="success">{t("running")}</Chip> : null}
      {others.length > 0 ? (
        <span className="text-secondary" title={others.map((flow) => flow.name).join(", ")}>
          {t("moreFlows", { count: others.length })}
        </span>
      ) : null}
    </span>
  );
}

function SegmentMenu({ row }: { row: SegmentRow }) {
  const t = useTranslations("audiences");
  const { can } = useSession();
  const trpc = useTRPC();
  const client = useQueryClient();
  const errorWords = useErrorWords();
  const sendTo = useSendTo();
  const reload = () => client.invalidateQueries(trpc.audiences.pathFilter());
  const onError = (error: unknown) => toast.error(errorWords(error));
  const restore = useMutation(trpc.audiences.restore.mutationOptions({ onSuccess: reload, onError }));
  const archive = useMutation(
    trpc.audiences.archive.mutationOptions({
      onSuccess: async () => {
        await reload();
        toast.success(t("archived", { name: row.name }), {
          action: { label: t("undo"), onClick: () => restore.mutate({ segmentId: row.id }) },
        });
      },
      onError,
    }),
  );
  if (!can("edit-audiences")) return null;
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <IconButton icon={Ellipsis} label={t("actsOf", { name: row.name })} size="dense" />
      </DropdownMenuTrigger>
      <DropdownMenuContent>
        <DropdownMenuItem icon={Send} onSelect={() => sendTo.mutate({ segmentId: row.id })}>
          {t("sendTo")}
        </DropdownMenuItem>
        <DropdownMenuItem icon={Archive} onSelect={() => archive.mutate({ segmentId: row.id })}>
          {t("archive")}
        </DropdownMenuItem>
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
