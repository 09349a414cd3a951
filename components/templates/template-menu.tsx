"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Copy, Ellipsis, PenLine, Trash2 } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { toast } from "sonner";
import { useTranslations } from "use-intl";
import { useTRPC } from "#components/trpc-provider/trpc-provider.tsx";
import { useErrorWords } from "#components/trpc-provider/use-error-words.ts";
import { AlertDialog } from "#components/ui/alert-dialog.tsx";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "#components/ui/dropdown-menu.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import { DuplicateDialog } from "./duplicate-dialog.tsx";
import type { TemplateRow } from "./template-row.ts";

/** Only drafts and refused texts that no flow sends may go; the server holds the same rule. */
const isDeletable = (row: TemplateRow) =>
  row.usedIn.length === 0 && row.languages.every((one) => one.status === "draft" || one.status === "rejected");

export function TemplateMenu({ row, mayEdit }: { row: TemplateRow; mayEdit: boolean }) {
  const t = useTranslations("templates");
  const [asked, setAsked] = useState<"duplicate" | "delete" | null>(null);
  const remove = useDelete(row);
  return (
    <>
      <DropdownMenu>
        <DropdownMenuTrigger asChild>
          <IconButton icon={Ellipsis} label={t("menuOf", { name: row.name })} size="dense" />
        </DropdownMenuTrigger>
        <DropdownMenuContent>
          <DropdownMenuItem asChild>
            <Link href={`/templates/${row.id}`}>
              <PenLine aria-hidden className="text-secondary" />
              {t("open")}
            </Link>
          </DropdownMenuItem>
          {mayEdit ? (
            <>
              <DropdownMenuItem icon={Copy} onSelect={() => setAsked("duplicate")}>
                {t("duplicate")}
              </DropdownMenuItem>
              <DropdownMenuSeparator />
              <DropdownMenuItem icon={Trash2} isDanger disabled={!isDeletable(row)} onSelect={() => setAsked("delete")}>
                {t("delete")}
              </DropdownMenuItem>
            </>
          ) : null}
        </DropdownMenuContent>
      </DropdownMenu>
      {asked === "duplicate" ? <DuplicateDialog template={row} onClose={() => setAsked(null)} /> : null}
      <AlertDialog
        open={asked === "delete"}
        onOpenChange={(isOpen) => !isOpen && setAsked(null)}
        title={t("deleteTitle", { name: row.name })}
        description={t("deleteBody", { count: row.languages.length })}
        confirmLabel={t("deleteConfirm")}
        cancelLabel={t("cancel")}
        isDanger
        onConfirm={() => remove.mutate({ templateId: row.id })}
      />
    </>
  );
}

function useDelete(row: TemplateRow) {
  const t = useTranslations("templates");
  const errorWords = useErrorWords();
  const trpc = useTRPC();
  const client = useQueryClient();
  return useMutation(
    trpc.templates.delete.mutationOptions({
      onSuccess: () => {
        toast.success(t("deleted", { name: row.name }));
        return client.invalidateQueries(trpc.templates.pathFilter());
      },
      onError: (error) => toast.error(t("deleteFailed"), { description: errorWords(error) }),
    }),
  );
}
