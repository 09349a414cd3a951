import { parsePhoneNumberFromString } from "libphonenumber-js/max";
import type pg from "pg";
import type { ConsentLine, PastStay, PersonHistory } from "#flow/backtest/history.ts";
import type { ContactChange, ContactFacts } from "#flow/contact.ts";
import type { ConsentPurpose, Consents } from "#flow/gate/consent.ts";
import { type Keywords, readKeyword } from "#flow/gate/opt-out.ts";
import type { JsonObject } from "#flow/json.ts";
import { factsAt, type ProfileWrite, writesOfIdentify } from "./facts-at.ts";
import * as sql from "./history-statements.ts";
import { type AnswerRow, type ClickRow, echoOf, type MessageRow, readActs } from "./read-echo.ts";

/** What the histories of a backtest are read for. */
export type HistoryScope = {
  workspaceId: string;
  flowId: string;
  /** Milliseconds since 1970. */
  since: number;
  until: number;
  keywords: Keywords;
  /** Steps of the live flow's versions that call other systems or hand over to agents. */
  answeringNodes: readonly string[];
  /** What steps of any flow write on people, by version and step. */
  writingSteps: ReadonlyMap<string, ReadonlyMap<string, readonly ContactChange[]>>;
  /** Days before `since` whose messages may still count against a cap. */
  capDays: number;
};

/** Histories of a page of people. `at` of a person is the moment as of which their facts are told. */
export type Histories = { at: (contactId: string, at: number) => PersonHistory | null };

type PersonRow = {
  id: string;
  phone: string | null;
  wa_id: string | null;
  bsuid: string | null;
  first_name: string | null;
  locale: string | null;
  timezone: string | null;
  attributes: JsonObject;
  tags: string[];
  consents: Consents;
  suppressed_at: number | null;
  suppressed_reason: string | null;
  created_at: number;
  sharers: string[] | null;
  is_listed: boolean;
};
type ConsentRow = {
  contact_id: string;
  purpose: ConsentPurpose;
  state: ConsentLine["state"];
  at: number;
  expires_at: Date | null;
  wording: string | null;
};
type EnrollmentRow = {
  id: string;
  contact_id: string;
  key: string;
  event_id: string;
  entered_at: number;
  ended_at: number | null;
};

const dayMs = 86_400_000;

/** Reads everything that is known of these people, by one statement for each kind of thing. */
export async function readHistories(pool: pg.Pool, contactIds: string[], scope: HistoryScope): Promise<Histories> {
  const { workspaceId, flowId, since, until } = scope;
  const rowsOf = async <Row extends pg.QueryResultRow>(statement: { name: string; text: string }, values: unknown[]) =>
    (await pool.query<Row>({ ...statement, values })).rows;
  const people = await rowsOf<PersonRow>(sql.people, [contactIds, workspaceId]);
  const everybody = [...new Set([...contactIds, ...people.flatMap(({ sharers }) => sharers ?? [])])];
  const from = new Date(since - scope.capDays * dayMs);
  const [consents, messages, enrollments, identifies, writes] = await Promise.all([
    rowsOf<ConsentRow>(sql.consents, [contactIds]),
    rowsOf<MessageRow>(sql.messages, [everybody, flowId, from, new Date(until)]),
    rowsOf<EnrollmentRow>(sql.enrollments, [contactIds, flowId, new Date(until)]),
    rowsOf<{ contact_id: string; at: number; properties: JsonObject }>(sql.identifies, [contactIds]),
    readFlowWrites(pool, contactIds, scope),
  ]);
  const opened = enrollments.filter((row) => row.entered_at >= since);
  const clicked = messages.filter((row) => row.is_clicked && row.is_own).map((row) => row.id);
  const [clicks, answers] = await Promise.all([
    clicked.length === 0 ? [] : rowsOf<ClickRow>(sql.clicks, [clicked]),
    scope.answeringNodes.length === 0 || opened.length === 0
      ? []
      : rowsOf<AnswerRow>(sql.answers, [opened.map(({ id }) => id), new Date(since), scope.answeringNodes]),
  ]);
  const grouped = {
    consents: Map.groupBy(consents, (row) => row.contact_id),
    messages: Map.groupBy(messages, (row) => row.contact_id),
    enrollments: Map.groupBy(enrollments, (row) => row.contact_id),
    identifies: Map.groupBy(identifies, (row) => row.contact_id),
    writes: Map.groupBy(writes, (row) => row.contactId),
    clicks: Map.groupBy(clicks, (row) => row.message_id),
    answers: Map.groupBy(answers, (row) => row.enrollment_id),
  };
  const byId = new Map(people.map((row) => [row.id, row]));
  const made = new Map<string, (at: number) => PersonHistory>();
  return {
    at: (contactId, at) => {
      const row = byId.get(contactId);
      if (!row) return null;
      let make = made.get(contactId);
      if (!make) {
        make = historyOf(row, grouped, scope);
        made.set(contactId, make);
      }
      return make(at);
    },
  };
}

type Grouped = {
  consents: Map<string, ConsentRow[]>;
  messages: Map<string, MessageRow[]>;
  enrollments: Map<string, EnrollmentRow[]>;
  identifies: Map<string, { at: number; properties: JsonObject }[]>;
  writes: Map<string, FlowWrite[]>;
  clicks: Map<string, ClickRow[]>;
  answers: Map<string, AnswerRow[]>;
};

function historyOf(row: PersonRow, all: Grouped, scope: HistoryScope): (at: number) => PersonHistory {
  const mine = all.messages.get(row.id) ?? none;
  const stays = all.enrollments.get(row.id) ?? none;
  const opened = new Set(stays.filter((stay) => stay.entered_at >= scope.since).map((stay) => stay.id));
  const { acts, free } = readActs(mine, all.clicks);
  const writes = [
    ...(all.identifies.get(row.id) ?? none).flatMap(({ at, properties }) => writesOfIdentify(properties, at)),
    ...(all.writes.get(row.id) ?? none).flatMap(({ writes }) => writes),
  ].sort((one, other) => one.at - other.at);
  const phone = row.phone ?? (row.wa_id ? `+${row.wa_id}` : null);
  const { id, first_name: firstName, locale, timezone, attributes, tags } = row;
  const today: ContactFacts = { id, firstName, locale, timezone, attributes, tags };
  const past = { today, writes, createdAt: row.created_at };
  const fixed: Omit<PersonHistory, "facts"> = {
    id,
    holderId: row.sharers?.[0] ?? id,
    phone,
    country: phone === null ? null : countryOf(phone),
    hasAddress: phone !== null || row.bsuid !== null,
    consents: { ledger: (all.consents.get(id) ?? none).map(consentLine), standing: row.consents },
    suppressed:
      row.suppressed_at === null ? null : { since: row.suppressed_at, reason: row.suppressed_reason ?? "suppressed" },
    isListed: row.is_listed,
    inboundAt: mine.filter(({ direction }) => direction === "inbound").map((each) => each.created_at),
    cappedSends: (row.sharers ?? [id])
      .flatMap((sharer) => all.messages.get(sharer) ?? none)
      .flatMap((each) => cappedSend(each, opened))
      .sort((one, other) => one.at - other.at),
    outside: [
      ...free
        .filter(({ text }) => readKeyword(text, scope.keywords) === null)
        .map(({ at, text }) => ({ at, kind: "reply" as const, text })),
      ...(all.writes.get(id) ?? none)
        .filter(({ flowId }) => flowId !== scope.flowId)
        .map(({ at, changes }) => ({ at, kind: "change" as const, changes })),
    ].sort((one, other) => one.at - other.at),
    past: stays.filter((stay) => stay.entered_at < scope.since).map(stayOf),
    echoes: new Map(
      stays
        .filter((stay) => opened.has(stay.id))
        .map((stay) => [stay.event_id, echoOf(stay.id, mine, acts, all.answers.get(stay.id) ?? none)]),
    ),
  };
  return (at) => ({ ...fixed, facts: factsAt(past, at) });
}

const none: never[] = [];

const stayOf = ({ key, entered_at, ended_at }: EnrollmentRow): PastStay => ({
  key,
  enteredAt: entered_at,
  endedAt: ended_at,
});

const consentLine = ({ purpose, state, at, expires_at, wording }: ConsentRow): ConsentLine => ({
  purpose,
  state,
  at,
  expiresAt: expires_at?.toISOString() ?? null,
  ...(wording !== null && { wording }),
});

/** What used a cap and is not replayed. A refusal at once gave its share back. */
function cappedSend(row: MessageRow, replayed: ReadonlySet<string>): { at: number; day: string }[] {
  if (row.cap_day === null || row.direction !== "outbound") return none;
  if (row.enrollment_id !== null && replayed.has(row.enrollment_id)) return none;
  const hasLeft = row.sent_at !== null || row.status === "unknown";
  return hasLeft ? [{ at: row.sent_at ?? row.created_at, day: row.cap_day }] : none;
}

const countries = new Map<string, string | null>();

/** Of the same beginning of a number one country is told: numbers are millions, beginnings few. */
function countryOf(phone: string): string | null {
  const start = phone.slice(0, 8);
  const known = countries.get(start);
  if (known !== undefined) return known;
  const country = parsePhoneNumberFromString(phone)?.country ?? null;
  if (countries.size < 50_000) countries.set(start, country);
  return country;
}

type FlowWrite = {
  contactId: string;
  flowId: string;
  at: number;
  changes: readonly ContactChange[];
  writes: ProfileWrite[];
};

async function readFlowWrites(pool: pg.Pool, contactIds: string[], scope: HistoryScope): Promise<FlowWrite[]> {
  const steps = scope.writingSteps;
  if (steps.size === 0) return [];
  const nodeIds = [...new Set([...steps.values()].flatMap((nodes) => [...nodes.keys()]))];
  type Row = { contact_id: string; flow_id: string; version_id: string; node_id: string; at: number };
  const { rows } = await pool.query<Row>({ ...sql.writes, values: [contactIds, [...steps.keys()], nodeIds] });
  return rows.flatMap(({ contact_id: contactId, flow_id: flowId, version_id, node_id, at }) => {
    const changes = steps.get(version_id)?.get(node_id);
    if (!changes) return [];
    return [{ contactId, flowId, at, changes, writes: changes.map((change) => writeOf(change, at)) }];
  });
}

function writeOf(change: ContactChange, at: number): ProfileWrite {
  switch (change.op) {
    case "set":
      return { at, name: change.attribute, value: change.value };
    case "unset":
      return { at, name: change.attribute, value: null };
    case "increment":
      return { at, name: change.attribute, by: change.by };
    case "add-tag":
    case "remove-tag":
      return { at, name: "tags", isTag: true };
  }
}
