"use client";

import { Download, Printer } from "lucide-react";
import { useFormatter, useTranslations } from "use-intl";
import { Button } from "#components/ui/button.tsx";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { saveFile } from "#components/ui/save-file.ts";
import { Select } from "#components/ui/select.tsx";
import { periods } from "./periods.ts";
import { useAnswerText } from "./use-answer-text.ts";
import { useVerdict } from "./use-verdict.ts";
import { type Answer, useWhyWords } from "./use-why-words.ts";

type Asked = { days: number; flow: string | null; message: string | null };

type QuestionProps = {
  asked: Asked;
  onAsk: (asked: Partial<Asked>) => void;
  flows: { id: string; name: string }[];
  answer: Answer | undefined;
  name: string;
};

const any = "any";

/** The question as a sentence with three pickers, how the answer came out, and the whole of it as text. */
export function Question({ asked, onAsk, flows, answer, name }: QuestionProps) {
  const t = useTranslations("why");
  return (
    <div className="mb-3 flex flex-wrap items-center gap-x-4 gap-y-3">
      <div className="flex flex-wrap items-center gap-2 text-sm print:hidden">
        <span className="font-semibold">{t("ask", { name })}</span>
        <MessagePicker asked={asked} onAsk={onAsk} answer={answer} />
        <span className="text-secondary">{t("from")}</span>
        <Select
          aria-label={t("flow")}
          value={asked.flow ?? any}
          onValueChange={(next) => onAsk({ flow: next === any ? null : next, message: null })}
          options={[
            { value: any, label: t("allFlows") },
            ...flows.map((flow) => ({ value: flow.id, label: flow.name })),
          ]}
          className="w-auto max-w-64"
        />
        <span className="text-secondary">{t("in")}</span>
        <Select
          aria-label={t("period")}
          value={asked.message ? any : String(asked.days)}
          onValueChange={(next) => onAsk(next === any ? {} : { days: Number(next), message: null })}
          options={[
            ...(asked.message ? [{ value: any, label: t("periodOfMessage") }] : []),
            ...[...new Set([...periods, asked.days])]
              .sort((left, right) => left - right)
              .map((days) => ({ value: String(days), label: t("days", { count: days }) })),
          ]}
          className="w-auto"
        />
      </div>
      {answer ? <Outcome answer={answer} asked={asked} name={name} /> : null}
    </div>
  );
}

function MessagePicker({ asked, onAsk, answer }: Pick<QuestionProps, "asked" | "onAsk" | "answer">) {
  const t = useTranslations("why");
  const words = useWhyWords();
  const inFlows = (answer?.flows ?? []).flatMap((flow) =>
    flow.attempts.flatMap((attempt) => attempt.enrollment?.messages ?? []),
  );
  const messages = [...inFlows, ...(answer?.otherMessages ?? [])].sort(
    (left, right) => right.createdAt.getTime() - left.createdAt.getTime(),
  );
  return (
    <Select
      aria-label={t("message")}
      value={asked.message ?? any}
      onValueChange={(next) => onAsk({ message: next === any ? null : next })}
      options={[
        { value: any, label: t("anyMessage") },
        ...messages.map((message) => ({
          value: message.id,
          label: t("messageOption", {
            name: words.messageTitle(message),
            date: words.moment(message.createdAt),
          }),
        })),
      ]}
      className="w-auto max-w-72"
    />
  );
}

type OutcomeProps = { answer: Answer; asked: Asked; name: string };

/** How it came out in a sentence, the counts, and what one takes away: a text, a file, a sheet of paper. */
function Outcome({ answer, asked, name }: OutcomeProps) {
  const t = useTranslations("why");
  const format = useFormatter();
  const textOf = useAnswerText();
  const verdictOf = useVerdict();
  const count = (verdict: string) => answer.flows.filter((flow) => flow.verdict === verdict).length;
  const verdict = verdictOf(answer, asked, name);
  const { externalId, id } = answer.contact;
  // A sheet is read years later: the year belongs to it.
  const onPaper = (at: Date) => format.dateTime(at, { dateStyle: "long", timeStyle: "short" });
  const day = answer.to.toISOString().slice(0, 10);
  return (
    <div className="flex basis-full flex-wrap items-start gap-x-6 gap-y-2">
      <div className="min-w-0 flex-1 basis-96">
        <p role="status" className="font-semibold text-base text-pretty">
          {verdict}
        </p>
        <p className="mt-0.5 text-secondary text-sm">
          {t.rich("counts", {
            entered: count("entered"),
            refused: count("did-not-enter"),
            none: count("no-event"),
            strong: (chunks) => <strong className="text-ink">{chunks}</strong>,
          })}
        </p>
        <p className="hidden text-secondary text-xs print:block">
          {t("text.title", {
            name,
            id: externalId ?? id,
            from: onPaper(answer.from),
            to: onPaper(answer.to),
          })}
        </p>
      </div>
      <div className="flex flex-wrap gap-2 print:hidden">
        <CopyButton
          size="normal"
          text={`${verdict}\n\n${textOf(answer, name)}`}
          label={t("copy")}
          copiedLabel={t("copied")}
        />
        <Button onClick={() => saveFile(`why-${externalId ?? id}-${day}.json`, JSON.stringify(answer, null, 2))}>
          <Download aria-hidden />
          {t("download")}
        </Button>
        <Button onClick={() => window.print()}>
          <Printer aria-hidden />
          {t("print")}
        </Button>
      </div>
    </div>
  );
}
