"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Copy, Ellipsis, PenLine, Trash2 } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { toast } from "sonner";
import { useLocale, useTranslations } from "use-intl";
import { languageName } from "#components/template-words/language-name.ts";
import { useTRPC } from "#components/trpc-provider/trpc-provider.tsx";
import { useErrorWords } from "#components/trpc-provider/use-error-words.ts";
import { AlertDialog } from "#components/ui/alert-dialog.tsx";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "#components/ui/dropdown-menu.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import { type DeletionRefusal, deletionRefusal } from "#flow/template-deletion.ts";
import { DuplicateDialog } from "./duplicate-dialog.tsx";
import type { TemplateRow } from "./template-row.ts";

export function TemplateMenu({ row, mayEdit }: { row: TemplateRow; mayEdit: boolean }) {
  const t = useTranslations("templates");
  const locale = useLocale();
  const list = new Intl.ListFormat(locale, { type: "conjunction" });
  const [asked, setAsked] = useState<"duplicate" | "delete" | null>(null);
  const remove = useDelete(row);
  const refusal = deletionRefusal(row);
  const refusalWords = ({ reason, ...of }: DeletionRefusal) =>
    t(`mayNotDelete.${reason}`, {
      flows: "flows" in of ? list.format(of.flows) : "",
      languages: "languages" in of ? list.format(of.languages.map((one) => languageName(one, locale))) : "",
    });
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
              <DropdownMenuItem icon={Trash2} isDanger disabled={refusal !== null} onSelect={() => setAsked("delete")}>
                {t("delete")}
              </DropdownMenuItem>
              {refusal ? <DropdownMenuLabel className="max-w-64">{refusalWords(refusal)}</DropdownMenuLabel> : null}
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
