"use client";

import { useTranslations } from "use-intl";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { Select } from "#components/ui/select.tsx";
import { periods } from "./periods.ts";
import { useAnswerText } from "./use-answer-text.ts";
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
    <div className="mb-3 flex flex-wrap items-center gap-x-4 gap-y-2">
      <div className="flex flex-wrap items-center gap-2 text-sm">
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
      {answer ? <Outcome answer={answer} name={name} /> : null}
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
            name: message.step ? words.stepTitle(message.step) : (message.template ?? message.type),
            date: words.moment(message.createdAt),
          }),
        })),
      ]}
      className="w-auto max-w-72"
    />
  );
}

function Outcome({ answer, name }: { answer: Answer; name: string }) {
  const t = useTranslations("why");
  const textOf = useAnswerText();
  const count = (verdict: string) => answer.flows.filter((flow) => flow.verdict === verdict).length;
  return (
    <div className="ml-auto flex flex-wrap items-center gap-3">
      <p className="text-secondary text-sm" role="status">
        {t.rich("counts", {
          entered: count("entered"),
          refused: count("did-not-enter"),
          none: count("no-event"),
          strong: (chunks) => <strong className="text-ink">{chunks}</strong>,
        })}
      </p>
      <CopyButton size="normal" text={textOf(answer, name)} label={t("copy")} copiedLabel={t("copied")} />
    </div>
  );
}
