"use client";

import { useTranslations } from "use-intl";
import { useCheckWords } from "#components/gate-checks/use-check-words.ts";
import { type Answer, type Attempt, type FlowAnswer, type Message, useWhyWords } from "./use-why-words.ts";

/**
 * The whole answer as plain text, for a ticket or a letter. Says what the screen says, without the phone number, what messages cost and
 * what they said.
 */
export function useAnswerText(): (answer: Answer, name: string) => string {
  const t = useTranslations("why");
  const statuses = useTranslations("messageStatus");
  const words = useWhyWords();
  const check = useCheckWords();

  const messageLines = (message: Message): string[] => {
    const title = words.messageTitle(message);
    const at = message.readAt ?? message.deliveredAt ?? message.sentAt ?? message.createdAt;
    const reason = [message.reason ? words.reason(message.reason) : "", words.cappedByText(message)].filter(Boolean);
    return [
      t("text.message", { name: title, status: `${statuses(message.status)}, ${words.moment(at)}` }),
      ...(reason.length > 0 ? [`  ${t("text.why", { reason: reason.join(" ") })}`] : []),
      ...(message.checks ?? []).map((one) => {
        const values = { verdict: t(`verdict.${one.verdict}`), name: check.name(one), seen: check.value(one.seen) };
        return one.verdict === "pass"
          ? `  ${t("text.check", values)}`
          : `  ${t("text.checkNeeds", { ...values, needed: check.value(one.needed) })}`;
      }),
    ];
  };

  const ruleLines = ({ rules, reEntry }: Attempt): string[] => [
    ...rules.map((line) =>
      line.test
        ? t("text.rule", {
            verdict: t(`lines.${line.verdict}`),
            rule: words.ruleName(line),
            needs: words.needs(line),
            actual: words.value(line.actual),
          })
        : `${t(`lines.${line.verdict}`)}: ${words.ruleName(line)}`,
    ),
    ...(reEntry
      ? [
          t("text.rule", {
            verdict: t(`lines.${reEntry.holds ? "holds" : "fails"}`),
            rule: t("reEntry"),
            needs: words.reEntryNeeds(reEntry),
            actual: words.reEntryHad(reEntry),
          }),
        ]
      : []),
  ];

  const attemptLines = (flow: FlowAnswer, attempt: Attempt, name: string): string[] => {
    const { enrollment, version } = attempt;
    const head = [
      t(attempt.verdict === "entered" ? "entered" : "didNotEnter"),
      [flow.name, version ? t("version", { number: version.number }) : ""].filter(Boolean).join(" "),
      words.moment(attempt.at),
      [attempt.event.name, attempt.key].filter(Boolean).join(" "),
    ].join(" · ");
    if (!enrollment)
      return [head, `  ${t("text.why", { reason: words.refusal(attempt, name) })}`, ...indent(ruleLines(attempt))];
    const steps = enrollment.path
      .map((step) => [words.stepTitle(step), step.outcome === "left" ? `(${words.handle(step)})` : ""].join(" ").trim())
      .join(" → ");
    const never = enrollment.neverReached.map(words.stepTitle).join(", ");
    return [
      head,
      `  ${t("text.path", { steps })}`,
      ...(never ? [`  ${t("text.never", { steps: never })}`] : []),
      ...(enrollment.status === "ended" ? [`  ${words.ending(enrollment)}`] : []),
      ...indent(enrollment.messages.flatMap(messageLines)),
    ];
  };

  return (answer, name) => {
    const { contact, from, to, flows, otherMessages } = answer;
    const quiet = flows.filter((flow) => flow.attempts.length === 0).map((flow) => flow.name);
    const title = { name, id: contact.externalId ?? contact.id, from: words.moment(from), to: words.moment(to) };
    return [
      t("text.title", title),
      ...flows.flatMap((flow) => flow.attempts.flatMap((attempt) => ["", ...attemptLines(flow, attempt, name)])),
      ...(otherMessages.length > 0 ? ["", t("otherMessages"), ...indent(otherMessages.flatMap(messageLines))] : []),
      ...(quiet.length > 0 ? ["", t("text.noEvent", { flows: quiet.join(", ") })] : []),
      ...(answer.hasMore ? ["", t("more")] : []),
    ].join("\n");
  };
}

const indent = (lines: readonly string[]): string[] => lines.map((line) => `  ${line}`);
