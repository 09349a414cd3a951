"use client";

import { useQuery } from "@tanstack/react-query";
import { Check } from "lucide-react";
import { useState } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { useTRPC } from "#components/trpc-provider/trpc-provider.tsx";
import { cn } from "#components/ui/cn.ts";
import { ErrorState } from "#components/ui/error-state.tsx";
import { Sheet } from "#components/ui/sheet.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { FileStep } from "./file-step.tsx";
import { MappingSteps } from "./mapping-steps.tsx";
import { ProgressStep } from "./progress-step.tsx";

type ImportSheetProps = {
  /** An import's id; "new": a file is still to be chosen; null: closed. */
  opened: string | null;
  onOpen: (opened: string | null) => void;
};

/** Contacts from a file, in four steps. It stays beside the page, and the import goes on when it is closed. */
export function ImportSheet({ opened, onOpen }: ImportSheetProps) {
  const t = useTranslations("audiences.import");
  const format = useFormatter();
  const trpc = useTRPC();
  const [isPreview, setPreview] = useState(false);
  const importId = opened === null || opened === "new" ? null : opened;
  const query = useQuery(
    trpc.imports.get.queryOptions(
      { importId: importId ?? "" },
      { enabled: importId !== null, refetchInterval: ({ state }) => (state.data?.state === "running" ? 1_000 : false) },
    ),
  );
  const found = importId === null ? undefined : query.data;
  const step = !found ? 1 : found.state === "mapping" ? (isPreview ? 3 : 2) : 4;
  const about = found
    ? [
        found.fileName,
        t("rows", { count: found.rows, rows: format.number(found.rows) }),
        found.by && t("by", { name: found.by }),
      ]
    : [t("description")];
  return (
    <Sheet
      isBeside
      open={opened !== null}
      onOpenChange={(isOpen) => !isOpen && onOpen(null)}
      title={t("title")}
      description={about.filter(Boolean).join(" · ")}
      closeLabel={t("close")}
    >
      <Steps now={step} isOver={found?.state === "done" || found?.state === "stopped"} />
      {opened === "new" ? (
        <FileStep onKept={onOpen} />
      ) : query.isError ? (
        <ErrorState title={t("failed")} retryLabel={t("retry")} onRetry={() => query.refetch()} />
      ) : !found ? (
        <Skeleton className="h-40 w-full" />
      ) : found.state === "mapping" ? (
        <MappingSteps key={found.id} found={found} isPreview={isPreview} onPreview={setPreview} />
      ) : (
        <ProgressStep found={found} />
      )}
    </Sheet>
  );
}

const names = ["file", "columns", "preview", "import"] as const;

function Steps({ now, isOver }: { now: number; isOver: boolean }) {
  const t = useTranslations("audiences.import.steps");
  return (
    <ol className="mb-4 flex items-center gap-2 text-xs">
      {names.map((name, index) => {
        const isDone = index + 1 < now || isOver;
        const isNow = index + 1 === now && !isOver;
        return (
          <li
            key={name}
            aria-current={isNow ? "step" : undefined}
            className={cn(
              "flex items-center gap-1.5",
              index > 0 && "flex-1 before:h-px before:flex-1 before:bg-border-strong",
              isDone ? "text-success" : isNow ? "font-medium text-accent" : "text-tertiary",
            )}
          >
            <span
              className={cn(
                "grid size-4 place-items-center rounded-full border border-current text-[10px]",
                isNow && "border-accent bg-accent text-on-accent",
              )}
            >
              {isDone ? <Check aria-hidden className="size-3" /> : index + 1}
            </span>
            {t(name)}
          </li>
        );
      })}
    </ol>
  );
}
