"use client";

import { useMutation } from "@tanstack/react-query";
import { Download } from "lucide-react";
import { useTranslations } from "use-intl";
import { useTRPC } from "#components/trpc-provider/trpc-provider.tsx";
import { useErrorWords } from "#components/trpc-provider/use-error-words.ts";
import { Button } from "#components/ui/button.tsx";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuTrigger,
} from "#components/ui/dropdown-menu.tsx";
import { saveFile } from "#components/ui/save-file.ts";
import { toast } from "#components/ui/toaster.tsx";
import type { Filter } from "./use-audit-filter.ts";

const types = { csv: "text/csv", json: "application/json" } as const;

/** The rows one looks at, all of them, as a file. */
export function ExportMenu({ filter }: { filter: Filter }) {
  const t = useTranslations("auditLog");
  const trpc = useTRPC();
  const errorWords = useErrorWords();
  const take = useMutation(
    trpc.audit.export.mutationOptions({
      onSuccess: ({ text, rows }, { format }) => {
        saveFile(`audit-log.${format}`, text, types[format]);
        toast.success(t("exported", { count: rows }));
      },
      onError: (error) => toast.error(errorWords(error)),
    }),
  );
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <Button isBusy={take.isPending}>
          <Download aria-hidden />
          {t("export")}
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent>
        <DropdownMenuItem onSelect={() => take.mutate({ ...filter, format: "csv" })}>{t("asCsv")}</DropdownMenuItem>
        <DropdownMenuItem onSelect={() => take.mutate({ ...filter, format: "json" })}>{t("asJson")}</DropdownMenuItem>
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
