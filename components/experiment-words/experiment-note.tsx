"use client";

import { useQuery } from "@tanstack/react-query";
import { ArrowRight } from "lucide-react";
import Link from "next/link";
import { useFormatter, useTranslations } from "use-intl";
import { useTRPC } from "#components/trpc-provider/trpc-provider.tsx";
import { useArmName } from "./use-arm-name.ts";
import { VerdictChip } from "./verdict-chip.tsx";

/** A step's experiment in short, with the way to its page; nothing where there is none yet. */
export function ExperimentNote({ flowId, experimentKey }: { flowId: string; experimentKey: string }) {
  const trpc = useTRPC();
  const { data } = useQuery(trpc.experiments.ofFlow.queryOptions({ flowId }));
  const found = data?.find(({ key }) => key === experimentKey);
  return found ? <Note experiment={found} /> : null;
}

type Found = {
  id: string;
  kind: "split" | "holdout";
  state: "draft" | "running" | "stopped" | "decided";
  arms: readonly { id: string; name: string }[];
  verdict: {
    state: Parameters<typeof VerdictChip>[0]["verdict"];
    arm: string | null;
    rates: [number, number] | null;
    people: number;
  } | null;
};

function Note({ experiment }: { experiment: Found }) {
  const t = useTranslations("experiments");
  const format = useFormatter();
  const armName = useArmName(experiment);
  const { verdict, state, id } = experiment;
  const rate = (value: number) => format.number(value, { style: "percent", maximumFractionDigits: 2 });
  return (
    <div className="flex flex-wrap items-center gap-x-2 gap-y-1 text-sm" data-testid="experiment-note">
      <VerdictChip state={state} verdict={verdict?.state ?? null} />
      {verdict?.rates ? (
        <span className="tabular text-secondary text-xs">
          {verdict.arm ? `${armName(verdict.arm)} · ` : ""}
          {t("ratesShort", { baseline: rate(verdict.rates[0]), arm: rate(verdict.rates[1]) })}
        </span>
      ) : null}
      <Link
        href={`/experiments/${id}`}
        className="ml-auto inline-flex items-center gap-1 text-accent text-xs hover:underline"
      >
        {t("open")}
        <ArrowRight aria-hidden className="size-3.5" />
      </Link>
    </div>
  );
}
