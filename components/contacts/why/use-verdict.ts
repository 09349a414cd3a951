"use client";

import { useTranslations } from "use-intl";
import { type Answer, type Message, useWhyWords } from "./use-why-words.ts";

const gone: readonly Message["status"][] = ["sent", "delivered", "read"];
const missed: readonly Message["status"][] = ["skipped", "failed"];

/** The whole answer in one sentence or two, as one says it on the phone: of a message, of a flow, or of everything. */
export function useVerdict(): (
  answer: Answer,
  asked: { flow: string | null; message: string | null },
  name: string,
) => string {
  const t = useTranslations("why.verdictLine");
  const statuses = useTranslations("messageStatus");
  const words = useWhyWords();

  const because = ({ reason, errorCode, errorDetail }: Message) =>
    reason ? words.reason(reason) : errorCode === null ? "" : `${errorCode} ${errorDetail ?? ""}`.trim();

  const ofMessage = (message: Message, name: string): string => {
    const values = { name, message: words.messageTitle(message), reason: because(message) };
    if (message.status === "unknown") return t("unknown", values);
    if (missed.includes(message.status)) return t("notGot", values).trim();
    if (!gone.includes(message.status)) return t("notYet", values).trim();
    const at = message.readAt ?? message.deliveredAt ?? message.sentAt ?? message.createdAt;
    return t("got", { ...values, date: words.moment(at), status: statuses(message.status).toLowerCase() });
  };

  const counted = (messages: readonly Message[]): string =>
    t("messages", {
      sent: messages.filter(({ status }) => gone.includes(status)).length,
      missed: messages.filter(({ status }) => missed.includes(status)).length,
      waiting: messages.filter(({ status }) => status === "queued" || status === "sending").length,
    });

  const lastMissed = (messages: readonly Message[]): string => {
    const [last] = messages
      .filter(({ status }) => missed.includes(status))
      .sort((left, right) => right.createdAt.getTime() - left.createdAt.getTime());
    return last
      ? t("lastMissed", {
          message: words.messageTitle(last),
          date: words.moment(last.createdAt),
          reason: because(last),
        })
      : "";
  };

  return (answer, asked, name) => {
    const attempts = answer.flows.flatMap((flow) => flow.attempts.map((attempt) => ({ flow: flow.name, attempt })));
    const messages = [
      ...attempts.flatMap(({ attempt }) => attempt.enrollment?.messages ?? []),
      ...answer.otherMessages,
    ];
    const one = asked.message && messages.find((message) => message.id === asked.message);
    if (one) return ofMessage(one, name);
    const [flow] = answer.flows;
    if (asked.flow && flow) {
      if (flow.verdict === "no-event") return t("noEvent", { name, flow: flow.name });
      const [head] = flow.attempts.filter((attempt) => attempt.verdict === flow.verdict);
      if (head && flow.verdict === "did-not-enter")
        return t("refused", { name, flow: flow.name, reason: words.refusal(head, name) });
      const date = head ? words.moment(head.at) : "";
      const said = t("entered", { name, flow: flow.name, date, messages: counted(messages) });
      return [said, lastMissed(messages)].filter(Boolean).join(" ");
    }
    const entered = answer.flows.filter(({ verdict }) => verdict === "entered").length;
    const [refused] = attempts
      .filter(({ attempt }) => attempt.refusal)
      .sort((left, right) => right.attempt.at.getTime() - left.attempt.at.getTime());
    const last =
      lastMissed(messages) ||
      (refused
        ? t("lastRefused", {
            flow: refused.flow,
            date: words.moment(refused.attempt.at),
            reason: words.refusal(refused.attempt, name),
          })
        : "");
    return [t("all", { name, entered, messages: counted(messages) }), last].filter(Boolean).join(" ");
  };
}
