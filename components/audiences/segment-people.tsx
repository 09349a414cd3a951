"use client";

import { useQuery } from "@tanstack/react-query";
import { useFormatter, useTranslations } from "use-intl";
import { useTRPC } from "#components/trpc-provider/trpc-provider.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import type { Rule } from "#flow/rule.ts";

/** How many are in a segment now. While they are counted, and should that fail, how many they were when it was saved. */
export function SegmentPeople({ rule, saved }: { rule: Rule; saved: number | null }) {
  const t = useTranslations("audiences");
  const format = useFormatter();
  const trpc = useTRPC();
  const shared = { staleTime: 60_000, retry: false, trpc: { abortOnUnmount: true } } as const;
  const count = useQuery(trpc.audiences.countRule.queryOptions({ rule }, shared));
  if (count.data) {
    const number = format.number(count.data.matching);
    return count.data.isAbout ? t("aboutPeople", { number }) : number;
  }
  if (saved !== null) return <span className="text-secondary">{format.number(saved)}</span>;
  return count.isPending ? <Skeleton className="ml-auto w-10" /> : t("notCounted");
}
