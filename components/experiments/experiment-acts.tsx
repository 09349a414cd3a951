"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Download, ShieldCheck } from "lucide-react";
import { useTranslations } from "use-intl";
import { useArmName } from "#components/experiment-words/use-arm-name.ts";
import { useSession } from "#components/session/session-provider.tsx";
import { useTRPC } from "#components/trpc-provider/trpc-provider.tsx";
import { useErrorWords } from "#components/trpc-provider/use-error-words.ts";
import { AlertDialog } from "#components/ui/alert-dialog.tsx";
import { Button } from "#components/ui/button.tsx";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuTrigger,
} from "#components/ui/dropdown-menu.tsx";
import { saveFile } from "#components/ui/save-file.ts";
import { toast } from "#components/ui/toaster.tsx";
import { type Experiment, spokenArm } from "./experiment.ts";
import { ShipDialog } from "./ship-dialog.tsx";

const types = { csv: "text/csv", json: "application/json" } as const;

/** What one can do with an experiment that runs or has run: take its numbers along, agree to a winner, stop it, draw the winner. */
export function ExperimentActs({ experiment }: { experiment: Experiment }) {
  const t = useTranslations("experiments.acts");
  const common = useTranslations("common");
  const { can } = useSession();
  const armName = useArmName(experiment);
  const { exportAs, stop, isBusy } = useActs(experiment);
  const { result, state } = experiment;
  const isRunning = state === "running";
  const isSick = result?.verdict.state === "unhealthy";
  const proposed = result ? proposedArm(experiment, result) : "";
  const isClear = result?.verdict.state === "ship" || result?.verdict.state === "rollback";
  return (
    <>
      {can("export-experiments") ? (
        <DropdownMenu>
          <DropdownMenuTrigger asChild>
            <Button isBusy={isBusy}>
              <Download aria-hidden />
              {t("export")}
            </Button>
          </DropdownMenuTrigger>
          <DropdownMenuContent>
            <DropdownMenuItem onSelect={() => exportAs("csv")}>{t("asCsv")}</DropdownMenuItem>
            <DropdownMenuItem onSelect={() => exportAs("json")}>{t("asJson")}</DropdownMenuItem>
          </DropdownMenuContent>
        </DropdownMenu>
      ) : null}
      {isRunning ? <Consent experiment={experiment} /> : null}
      {isRunning && can("edit-experiments") ? (
        <AlertDialog
          trigger={<Button>{t("stop")}</Button>}
          title={t("stopTitle")}
          description={t("stopBody", { count: result?.assigned ?? 0 })}
          confirmLabel={t("stop")}
          cancelLabel={common("cancel")}
          isDanger
          onConfirm={stop}
        />
      ) : null}
      {(isRunning || state === "stopped") && can("edit-flows") && !isSick ? (
        <ShipDialog
          experiment={experiment}
          proposed={proposed}
          trigger={
            <Button variant={isClear ? "primary" : "outline"}>
              {isClear ? (
                <span className="max-w-48 truncate">{t("ship", { arm: armName(proposed) })}</span>
              ) : (
                t("choose")
              )}
            </Button>
          }
        />
      ) : null}
    </>
  );
}

/** The winner, or the baseline where the variants lost. */
function proposedArm({ arms }: Experiment, result: NonNullable<Experiment["result"]>): string {
  if (result.verdict.state === "rollback") return arms[0]?.id ?? "";
  return spokenArm(result, arms);
}

function Consent({ experiment }: { experiment: Experiment }) {
  const t = useTranslations("experiments.acts");
  const common = useTranslations("common");
  const { can } = useSession();
  const trpc = useTRPC();
  const client = useQueryClient();
  const errorWords = useErrorWords();
  const isGiven = experiment.consentAt !== null;
  const consent = useMutation(
    trpc.experiments.consent.mutationOptions({
      onSuccess: () => client.invalidateQueries(trpc.experiments.get.queryFilter({ experimentId: experiment.id })),
      onError: (error) => toast.error(errorWords(error)),
    }),
  );
  if (!can("decide-approvals")) return null;
  return (
    <AlertDialog
      trigger={
        <Button isBusy={consent.isPending}>
          <ShieldCheck aria-hidden />
          {t(isGiven ? "withdrawConsent" : "consent")}
        </Button>
      }
      title={t(isGiven ? "withdrawTitle" : "consentTitle")}
      description={t(isGiven ? "withdrawBody" : "consentBody", { flow: experiment.flow.name })}
      confirmLabel={t(isGiven ? "withdrawConsent" : "consent")}
      cancelLabel={common("cancel")}
      onConfirm={() => consent.mutate({ experimentId: experiment.id, isGiven: !isGiven })}
    />
  );
}

function useActs({ id: experimentId, key }: Experiment) {
  const t = useTranslations("experiments.acts");
  const trpc = useTRPC();
  const client = useQueryClient();
  const errorWords = useErrorWords();
  const onError = (error: unknown) => toast.error(errorWords(error));
  const take = useMutation(
    trpc.experiments.export.mutationOptions({
      onSuccess: ({ text }, { format }) => saveFile(`${key}.${format}`, text, types[format]),
      onError,
    }),
  );
  const stop = useMutation(
    trpc.experiments.stop.mutationOptions({
      onSuccess: async () => {
        await client.invalidateQueries(trpc.experiments.pathFilter());
        toast.success(t("stopped"));
      },
      onError,
    }),
  );
  return {
    exportAs: (format: "csv" | "json") => take.mutate({ experimentId, format }),
    stop: () => stop.mutate({ experimentId }),
    isBusy: take.isPending || stop.isPending,
  };
}
