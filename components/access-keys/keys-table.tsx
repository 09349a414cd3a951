"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { ColumnDef } from "@tanstack/react-table";
import type { inferRouterOutputs } from "@trpc/server";
import { TriangleAlert } from "lucide-react";
import { type ReactNode, useMemo, useState } from "react";
import { useTranslations } from "use-intl";
import { useTRPC } from "#components/trpc-provider/trpc-provider.tsx";
import { useErrorWords } from "#components/trpc-provider/use-error-words.ts";
import { AlertDialog } from "#components/ui/alert-dialog.tsx";
import { Button } from "#components/ui/button.tsx";
import { Chip } from "#components/ui/chip.tsx";
import { DataTable, menuColumn } from "#components/ui/data-table.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { toast } from "#components/ui/toaster.tsx";
import type { AppRouter } from "#server/router.ts";

type KeyRow = inferRouterOutputs<AppRouter>["accessKeys"]["list"][number];

export function KeysTable({ keys, empty }: { keys: KeyRow[] | undefined; empty: ReactNode }) {
  const t = useTranslations("accessKeys");
  const common = useTranslations("common");
  const trpc = useTRPC();
  const client = useQueryClient();
  const errorWords = useErrorWords();
  const [asked, setAsked] = useState<KeyRow | null>(null);
  const revoke = useMutation(
    trpc.accessKeys.revoke.mutationOptions({
      onSuccess: () => toast.success(t("revoked")),
      onError: (error) => toast.error(errorWords(error)),
      onSettled: () => client.invalidateQueries(trpc.accessKeys.list.queryFilter()),
    }),
  );
  const columns = useColumns(setAsked);
  return (
    <>
      <DataTable caption={t("title")} columns={columns} rows={keys} rowId={({ keyId }) => keyId} empty={empty} />
      <AlertDialog
        open={asked !== null}
        onOpenChange={() => setAsked(null)}
        title={t("revokeTitle", { name: asked?.name ?? "" })}
        description={t("revokeBody")}
        confirmLabel={t("revokeYes")}
        cancelLabel={common("cancel")}
        isDanger
        onConfirm={() => asked && revoke.mutate({ keyId: asked.keyId })}
      />
    </>
  );
}

function useColumns(onRevoke: (key: KeyRow) => void): ColumnDef<KeyRow>[] {
  const t = useTranslations("accessKeys");
  return useMemo(
    () => [
      {
        id: "name",
        accessorFn: ({ name }) => name,
        header: t("columns.name"),
        cell: ({ row: { original: key } }) => (
          <span>
            <span className="block font-medium">{key.name}</span>
            <span className="block font-mono text-secondary text-xs">{key.shown}</span>
          </span>
        ),
      },
      {
        id: "kind",
        accessorFn: ({ kind }) => kind,
        header: t("columns.may"),
        cell: ({ row: { original: key } }) => (
          <span className="flex flex-wrap items-center gap-1.5">
            <Chip>{t(`kinds.${key.kind}`)}</Chip>
            {key.scopes.map((scope) => (
              <Chip key={scope} tone="warning" icon={TriangleAlert}>
                {t(scope === "flows:publish" ? "publishes" : "scope", { scope })}
              </Chip>
            ))}
          </span>
        ),
      },
      {
        id: "lastUsed",
        accessorFn: ({ lastUsedAt }) => lastUsedAt?.getTime() ?? 0,
        header: t("columns.lastUsed"),
        meta: { className: "whitespace-nowrap text-secondary" },
        cell: ({ row: { original: key } }) => (key.lastUsedAt ? <RelativeTime date={key.lastUsedAt} /> : t("never")),
      },
      {
        id: "made",
        accessorFn: ({ createdAt }) => createdAt.getTime(),
        header: t("columns.made"),
        meta: { className: "whitespace-nowrap" },
        cell: ({ row: { original: key } }) => (
          <span>
            <span className="block">{key.createdBy ?? t("operator")}</span>
            <RelativeTime date={key.createdAt} className="text-secondary text-xs" />
          </span>
        ),
      },
      menuColumn<KeyRow>({
        label: t("revoke"),
        className: "w-24 text-right",
        menuOf: (key) => (
          <Button size="dense" aria-label={t("revokeOne", { name: key.name })} onClick={() => onRevoke(key)}>
            {t("revoke")}
          </Button>
        ),
      }),
    ],
    [t, onRevoke],
  );
}
