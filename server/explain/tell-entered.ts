import type { MessageContent } from "#db/schema/index.ts";
import { emptyGraph } from "#flow/graph.ts";
import { formHandle } from "#flow/message-step.ts";
import { allButtons } from "#flow/template.ts";
import { messageCost } from "../channels/prices/message-cost.ts";
import type { Actor } from "../trpc.ts";
import type { Attempt, EnrollmentExplanation, MessageExplanation, PathStep } from "./explanation.ts";
import type { FlowPast } from "./flow-at.ts";
import { tellRules } from "./judge-event.ts";
import type { ProfileHistory } from "./profile-at.ts";
import { type CappedBy, readCappedBy } from "./read-capped-by.ts";
import {
  type PastEnrollment,
  readRunners,
  readTraces,
  readWhole,
  traceLimit,
  type WholeEnrollment,
} from "./read-enrollments.ts";
import { readVersions } from "./read-flows.ts";
import { type MessageRow, messageLimits, readMessages } from "./read-messages.ts";
import type { Person } from "./read-person.ts";
import { type Drawn, nameOf, walkPath } from "./walk-path.ts";

/** What has been read of the person and the flows, before anything is told. */
export type Known = {
  person: Person;
  drawn: ReadonlyMap<string, Drawn>;
  pasts: readonly FlowPast[];
  profile: ProfileHistory;
};

const unknownVersion: Drawn = { graph: emptyGraph(), flow: null };

/** Each of these enrollments with its path and its messages. */
export async function tellEntered(
  actor: Actor,
  shown: readonly PastEnrollment[],
  known: Known,
): Promise<(Attempt & { flowId: string })[]> {
  const ids = shown.map((row) => row.id);
  const [rows, traces, read] = await Promise.all([
    readWhole(actor, ids),
    readTraces(actor, shown),
    readMessages(actor, ids),
  ]);
  const runners = await readRunners(actor, rows);
  const messages = read.slice(0, messageLimits.ofFlows);
  const cappedBy = await readCappedBy(actor, known.person, messages);
  const isCut = cutFinder(traces, read);
  const messagesOf = Map.groupBy(messages, (row) => row.enrollmentId);
  const passed = new Set([...traces.values()].flat().map((row) => row.versionId));
  const older = await readVersions(
    actor,
    [...passed].filter((id) => !known.drawn.has(id)),
  );
  const drawnOf = (id: string) => known.drawn.get(id) ?? older.get(id) ?? unknownVersion;
  const versions = known.pasts.flatMap((flow) => flow.versions);
  return rows.map((row) => {
    const drawn = drawnOf(row.versionId);
    const mine = messagesOf.get(row.id) ?? [];
    const { path, neverReached } = walkPath(drawn, traces.get(row.id) ?? [], (id) => ({
      drawn: drawnOf(id),
      number: versions.find((each) => each.id === id)?.number ?? null,
    }));
    const version = versions.find((each) => each.id === row.versionId);
    const { event } = row.state;
    // Just before: what the first steps wrote in the moment of entering was not there when the rules were asked.
    const asked = { event, at: row.enteredAt.getTime() - 1, profile: known.profile };
    return {
      flowId: row.flowId,
      verdict: "entered",
      at: row.enteredAt,
      event: { id: row.eventId, name: event.name },
      key: row.key === "" ? null : row.key,
      version: version ? { id: version.id, number: version.number } : null,
      refusal: null,
      // Nobody was asked for the entry criteria where a step of another flow brought them.
      rules: drawn.flow && !row.state.startedBy ? tellRules(drawn.flow, asked).rules : [],
      reEntry: null,
      enrollment: {
        ...standing(row),
        runBy: runners.get(row.state.startedBy?.enrollmentId ?? "") ?? null,
        path: path.map((step) => withButtonWords(step, mine)),
        neverReached,
        messages: mine.map((one) =>
          tellMessage(one, { step: one.nodeId ? nameOf(drawn, one.nodeId) : null, ...cappedBy(one) }),
        ),
        hasMore: isCut(row.id),
      },
    };
  });
}

/** Both lists are read by enrollment, so where one was cut the last of it, and those behind it, are not whole. */
function cutFinder(traces: ReadonlyMap<string, readonly unknown[]>, read: readonly MessageRow[]) {
  const lines = [...traces.values()].reduce((sum, rows) => sum + rows.length, 0);
  const lastTraced = lines >= traceLimit ? ([...traces.keys()].at(-1) ?? "") : null;
  const lastSent = read.length > messageLimits.ofFlows ? (read.at(-1)?.enrollmentId ?? "") : null;
  return (id: string) => [lastTraced, lastSent].some((last) => last !== null && id >= last);
}

const standing = (
  row: WholeEnrollment,
): Omit<EnrollmentExplanation, "runBy" | "path" | "neverReached" | "messages" | "hasMore"> => ({
  id: row.id,
  status: row.status,
  enteredAt: row.enteredAt,
  wakeAt: row.wakeAt,
  endedAt: row.endedAt,
  endReason: row.endReason,
  endNote: row.state.endNote,
  goalAt: row.goalAt,
});

/** A tapped button says the words that the person saw, in their language. */
function withButtonWords(step: PathStep, messages: readonly MessageRow[]): PathStep {
  const { handle } = step;
  if (!handle || handle.text !== null || handle.label !== null || !isPressed(handle.id)) return step;
  const nodeId = step.recalledFrom?.nodeId ?? step.nodeId;
  const words = messages
    .filter((row) => row.nodeId === nodeId)
    .map((row) => buttonText(row.buttons, handle.id))
    .find((text) => text !== undefined);
  return words === undefined ? step : { ...step, handle: { ...handle, text: words } };
}

const isPressed = (handle: string): boolean => handle === formHandle || handle.startsWith("button:");

const buttonText = (content: MessageContent | null, handle: string): string | undefined =>
  allButtons({ header: { kind: "cards", cards: content?.cards ?? [] }, buttons: content?.buttons ?? [] }).find(
    (button) => handle === (button.kind === "form" ? formHandle : `button:${button.id}`),
  )?.text;

/** A message as the answer tells it: everything about it but what it said. */
export function tellMessage(
  {
    enrollmentId,
    buttons,
    nextAt,
    attempts,
    capDay,
    costMicros,
    costCurrency,
    pricingType,
    pricingCategory,
    ...row
  }: MessageRow,
  told: Pick<MessageExplanation, "step"> & CappedBy,
): MessageExplanation {
  const cost = messageCost({ costMicros, costCurrency, pricingType, pricingCategory });
  return { ...row, ...told, cost, next: nextAt === null ? null : { at: nextAt, attempts: attempts ?? 0 } };
}
