import type { Facts } from "./facts.ts";
import { type Finding, findingOf, groupBy } from "./finding.ts";

const takenStatuses = new Set(["sent", "delivered", "read"]);

/** I3: what the provider has and what we say was sent are the same; what we cannot know is called unknown. */
export function agreement({ provider, messages, events, enrollments, flows }: Facts): Finding[] {
  const find = findingOf("I3");
  const stored = new Map(messages.map((message) => [message.id, message]));
  const taken = new Set(provider.map(({ ourId }) => ourId));
  const strangers = [...taken].flatMap((id) => {
    const message = stored.get(id);
    if (!message) return [find("lost", id, "at the provider, and we have no such message")];
    // Failed later, on its way to the phone, is no disagreement.
    if (takenStatuses.has(message.status) || message.status === "failed") return [];
    const kind = message.status === "unknown" ? "unknown" : "wrong";
    return [find(kind, id, `at the provider, and we say ${message.status} ${message.reason ?? ""}`)];
  });
  const phantoms = messages.flatMap(({ id, status, reason }) => {
    if (taken.has(id)) return [];
    if (takenStatuses.has(status)) return [find("lost", id, `we say ${status}, and the provider never had it`)];
    return status === "unknown" ? [find("unknown", id, `unknown (${reason}), and not at the provider`)] : [];
  });
  return [...strangers, ...phantoms, ...missingMessages({ events, enrollments, messages, flows })];
}

/** Each accepted event that asks for a message has one, whatever became of it. */
function missingMessages({
  events,
  enrollments,
  messages,
  flows,
}: Pick<Facts, "events" | "enrollments" | "messages" | "flows">): Finding[] {
  const find = findingOf("I3");
  const firsts = new Map(flows.map(({ id, firstTemplate }) => [id, firstTemplate]));
  const byEnrollment = groupBy(messages, ({ enrollmentId }) => enrollmentId ?? "");
  const meant = new Set(
    events.filter(({ acceptedAt, isForSending }) => acceptedAt !== null && isForSending).map(({ ref }) => ref),
  );
  return enrollments.flatMap(({ id, flowId, eventRef, endReason }) => {
    const template = firsts.get(flowId);
    if (!template || eventRef === null || !meant.has(eventRef)) return [];
    // A flow that was stopped on the way owes nothing more; that it may end so is judged by I7.
    if (endReason === "stopped" || endReason === "contact-erased") return [];
    const hasFirst = (byEnrollment.get(id) ?? []).some((message) => message.template === template);
    return hasFirst ? [] : [find("lost", eventRef, "its enrollment never came to its message")];
  });
}
