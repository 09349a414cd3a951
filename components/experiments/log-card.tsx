"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import {
  CircleCheck,
  CircleSlash,
  Gavel,
  type LucideIcon,
  MessageSquare,
  NotebookPen,
  Play,
  RefreshCw,
  Rocket,
  RotateCcw,
  Scale,
  Undo2,
} from "lucide-react";
import { useState } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { useArmName } from "#components/experiment-words/use-arm-name.ts";
import { useSession } from "#components/session/session-provider.tsx";
import { useTRPC } from "#components/trpc-provider/trpc-provider.tsx";
import { useErrorWords } from "#components/trpc-provider/use-error-words.ts";
import { Button } from "#components/ui/button.tsx";
import { Card, CardBody, CardHeader, CardTitle } from "#components/ui/card.tsx";
import { Input } from "#components/ui/input.tsx";
import { Sheet } from "#components/ui/sheet.tsx";
import { toast } from "#components/ui/toaster.tsx";
import type { Experiment } from "./experiment.ts";

type Line = Experiment["log"][number];

const icons: Record<Line["kind"], LucideIcon> = {
  planned: NotebookPen,
  started: Play,
  published: Rocket,
  weights: Scale,
  verdict: Gavel,
  note: MessageSquare,
  consented: CircleCheck,
  "consent-withdrawn": Undo2,
  stopped: CircleSlash,
  decided: CircleCheck,
  reopened: RotateCcw,
};
const shown = 4;

/** What happened to the experiment, the newest first: the last four lines, all of them in a sheet, and a place for a note. */
export function LogCard({ experiment }: { experiment: Experiment }) {
  const t = useTranslations("experiments.log");
  const common = useTranslations("common");
  const { can } = useSession();
  const { log } = experiment;
  return (
    <Card aria-label={t("title")} className="min-w-0">
      <CardHeader>
        <CardTitle>{t("title")}</CardTitle>
        <Sheet
          title={t("title")}
          description={t("description")}
          closeLabel={common("close")}
          trigger={
            <Button variant="link" size="dense">
              {t("all", { count: log.length })}
            </Button>
          }
        >
          <div className="px-5 pb-5">
            <Lines experiment={experiment} lines={log} isLong />
          </div>
        </Sheet>
      </CardHeader>
      <CardBody>
        <Lines experiment={experiment} lines={log.slice(0, shown)} />
        {can("note-experiments") ? <NoteForm experimentId={experiment.id} /> : null}
      </CardBody>
    </Card>
  );
}

function Lines({ experiment, lines, isLong }: { experiment: Experiment; lines: readonly Line[]; isLong?: boolean }) {
  const format = useFormatter();
  const words = useLineWords(experiment);
  return (
    <ol className="space-y-1.5">
      {lines.map((line) => {
        const Icon = icons[line.kind] ?? RefreshCw;
        const text = words(line);
        return (
          <li key={line.id} className="flex items-start gap-2 text-sm">
            <Icon aria-hidden className="mt-0.5 size-3.5 shrink-0 text-tertiary" />
            <span className={isLong ? "min-w-0 flex-1" : "min-w-0 flex-1 truncate"} title={isLong ? undefined : text}>
              {text}
            </span>
            <time dateTime={line.at.toISOString()} className="tabular shrink-0 text-secondary text-xs leading-5">
              {format.dateTime(line.at, {
                day: "numeric",
                month: "short",
                ...(isLong ? { hour: "2-digit", minute: "2-digit", hourCycle: "h23" } : {}),
              })}
            </time>
          </li>
        );
      })}
    </ol>
  );
}

/** One line of the log in words. What was kept in it is ours; whatever it lacks is left out. */
function useLineWords(experiment: Experiment): (line: Line) => string {
  const t = useTranslations("experiments.log");
  const verdicts = useTranslations("experiments.verdicts");
  const format = useFormatter();
  const armName = useArmName(experiment);
  const shares = (weights: unknown) =>
    weights !== null && typeof weights === "object"
      ? Object.entries(weights)
          .map(
            ([arm, weight]) =>
              `${armName(arm)} ${format.number(Number(weight) / 100, { style: "percent", maximumFractionDigits: 1 })}`,
          )
          .join(", ")
      : "";
  const text = (value: unknown): string => (typeof value === "string" ? value : "");
  return ({ kind, actor, detail }) => {
    const who = actor === "api" ? t("key") : (actor ?? t("product"));
    switch (kind) {
      case "verdict": {
        const state = text(detail.state);
        return t("lines.verdict", { verdict: verdicts.has(state) ? verdicts(state) : state });
      }
      case "note":
        return detail.notPublished
          ? t("lines.notPublished", { why: text(detail.notPublished) })
          : t("lines.note", { who, text: text(detail.text) });
      case "weights":
      case "started":
      case "published":
      case "reopened":
        return t(`lines.${kind}`, { who, version: Number(detail.version ?? 0), shares: shares(detail.weights) });
      case "decided":
        return t("lines.decided", { arm: armName(text(detail.arm)), version: Number(detail.version ?? 0) });
      case "stopped":
        return t(text(detail.why) === "" ? "lines.stopped" : "lines.stoppedWhy", { who, why: text(detail.why) });
      default:
        return t(`lines.${kind}`, { who });
    }
  };
}

function NoteForm({ experimentId }: { experimentId: string }) {
  const t = useTranslations("experiments.log");
  const trpc = useTRPC();
  const client = useQueryClient();
  const errorWords = useErrorWords();
  const [text, setText] = useState("");
  const note = useMutation(
    trpc.experiments.note.mutationOptions({
      onSuccess: async () => {
        setText("");
        await client.invalidateQueries(trpc.experiments.get.queryFilter({ experimentId }));
      },
      onError: (error) => toast.error(errorWords(error)),
    }),
  );
  return (
    <form
      className="mt-2.5 flex gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        if (text.trim() !== "") note.mutate({ experimentId, text });
      }}
    >
      <Input
        isDense
        aria-label={t("note")}
        placeholder={t("notePlaceholder")}
        maxLength={300}
        value={text}
        onChange={(event) => setText(event.target.value)}
        className="min-w-0 flex-1"
      />
      <Button size="dense" type="submit" isBusy={note.isPending} disabled={text.trim() === ""}>
        {t("add")}
      </Button>
    </form>
  );
}
