import type pg from "pg";
import { bare, json, text } from "#db/array-text.ts";
import type { SendRequest } from "#db/schema/index.ts";
import { freeKind } from "#flow/free-message.ts";
import { purposes } from "#flow/graph.ts";
import { countryOfPhone } from "#server/country-of-phone.ts";
import { newId } from "#server/id.ts";
import { query } from "../query.ts";
import { iso } from "./iso.ts";
import type { LiveEnrollment, Person } from "./load-people.ts";
import type { EffectOf, Outcome } from "./outcome.ts";
import * as sql from "./write-statements.ts";

/** Writes new enrollments; answers whether all of them were new. */
export async function insertEnrollments(
  client: pg.ClientBase,
  rows: readonly LiveEnrollment[],
  now: number,
): Promise<boolean> {
  if (rows.length === 0) return true;
  const places = [
    bare(rows, (row) => row.workspaceId),
    bare(rows, (row) => row.shard),
    bare(rows, (row) => row.flowId),
    bare(rows, (row) => row.contactId),
    text(rows, (row) => row.key),
    text(rows, (row) => row.eventId),
    bare(rows, (row) => iso(row.state.enteredAt)),
    text(rows, (row) => row.language),
  ];
  const { rowCount } = await client.query({ ...sql.insertEnrollments, values: [...standing(rows, now), ...places] });
  return rowCount === rows.length;
}

export async function updateEnrollments(client: pg.ClientBase, rows: readonly LiveEnrollment[], now: number) {
  if (rows.length > 0) await query(client, sql.updateEnrollments, standing(rows, now));
}

/** Where people stand: what changes with each step, and with a new version. */
const standing = (rows: readonly LiveEnrollment[], now: number): string[] => [
  bare(rows, (row) => row.id),
  bare(rows, (row) => row.state.status),
  text(rows, (row) => row.state.nodeId),
  json(rows, (row) => row.state),
  bare(rows, (row) => (row.isTimerHeld ? null : iso(row.state.wait?.wakeAt))),
  bare(rows, (row) => (row.state.status === "ended" ? iso(now) : null)),
  bare(rows, (row) => row.state.endReason),
  bare(rows, (row) => iso(row.state.goalAt)),
  bare(rows, (row) => row.traceCount),
  bare(rows, (row) => row.versionId),
  bare(rows, (row) => row.moveId),
];

/** The ids of an enrollment are written once, and each row of its path names its place among them. */
export async function insertTraces(client: pg.ClientBase, paths: Outcome["traces"]): Promise<void> {
  const rows = paths.flatMap(({ firstOrdinal, rows: steps }, index) =>
    steps.map((step, nth) => ({ step, place: index + 1, ordinal: firstOrdinal + nth })),
  );
  if (rows.length === 0) return;
  await query(client, sql.insertTraces, [
    bare(paths, ({ enrollment }) => enrollment.id),
    bare(paths, ({ enrollment }) => enrollment.workspaceId),
    bare(paths, ({ enrollment }) => enrollment.contactId),
    bare(paths, ({ enrollment }) => enrollment.flowId),
    bare(paths, ({ enrollment }) => enrollment.versionId),
    bare(rows, ({ place }) => place),
    bare(rows, ({ step }) => iso(step.at)),
    bare(rows, ({ ordinal }) => ordinal),
    bare(rows, ({ step }) => step.visit),
    text(rows, ({ step }) => step.nodeId),
    bare(rows, ({ step }) => step.kind),
    text(rows, ({ step }) => step.handle),
    json(rows, ({ step }) => step.detail),
  ]);
}

/** Messages with their outbox rows. */
export async function insertSends(
  client: pg.ClientBase,
  sends: Outcome["sends"],
  { people, now }: { people: ReadonlyMap<string, Person>; now: number },
): Promise<void> {
  if (sends.length === 0) return;
  await query(client, sql.insertSends, [
    bare(sends, () => newId()),
    bare(sends, ({ enrollment }) => enrollment.workspaceId),
    bare(sends, ({ enrollment }) => enrollment.shard),
    bare(sends, ({ enrollment }) => enrollment.contactId),
    bare(sends, ({ enrollment }) => enrollment.flowId),
    bare(sends, ({ enrollment }) => enrollment.id),
    bare(sends, ({ effect }) => effect.visit),
    text(sends, ({ effect }) => effect.nodeId),
    bare(sends, ({ effect }) => effect.purpose),
    text(sends, ({ effect }) => effect.template),
    // Purposes are listed in the order of their lanes: fraud 0 to marketing 3.
    bare(sends, ({ effect }) => purposes.indexOf(effect.purpose)),
    json(sends, ({ effect }) => requestOf(effect)),
    bare(sends, ({ effect: { dropAfterMinutes } }) =>
      dropAfterMinutes === null ? null : iso(now + dropAfterMinutes * 60_000),
    ),
    iso(now),
    text(sends, ({ effect }) => kindOf(effect)),
    bare(sends, ({ enrollment }) => enrollment.versionId),
    bare(sends, ({ enrollment }) => countryOfPhone(people.get(enrollment.contactId)?.phone ?? null)),
  ]);
}

/** As the customer sees it. All languages of a message have one shape. */
function kindOf({ free }: EffectOf<"send">): string {
  const [first] = free ?? [];
  return first ? freeKind(first) : "template";
}

const requestOf = (effect: EffectOf<"send">): SendRequest => {
  const { template, free, purpose, values, links, sendingHours, collects, capPerDay, templateHoldHours } = effect;
  return {
    template,
    ...(free && { free }),
    purpose,
    values,
    links,
    sendingHours,
    ...(collects && { collects }),
    ...(capPerDay && { capPerDay }),
    ...(templateHoldHours && { templateHoldHours }),
  };
};
