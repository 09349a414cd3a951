import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import { boundSql } from "#db/bound-sql.ts";
import type { Transaction } from "#db/client.ts";
import { Rule } from "#flow/rule.ts";
import { lineRules } from "#flow/segment/rule-lines.ts";
import { SegmentRule } from "#flow/segment/segment-rule.ts";
import { withoutEvent } from "#flow/segment/without-event.ts";
import { readConsentRules } from "../contacts/read-consent-rules.ts";
import { DomainError } from "../errors.ts";
import type { Actor } from "../trpc.ts";
import { bounded } from "./bounded.ts";
import { type PeopleQuestion, peopleSql } from "./people-sql.ts";

export const CountRule = z.strictObject({
  /** Of a segment, or of a flow: what a flow's rule says of the event is taken to hold. */
  rule: z.union([SegmentRule, Rule]),
  /** Also how many are left after each line. */
  lines: z.boolean().default(false),
});

export type RuleCount = {
  matching: number;
  total: number;
  /** Counting took too long: both numbers are rounded, from a sample. */
  isAbout: boolean;
  /** Parts of the rule are about an event: at most so many. */
  isAtMost: boolean;
  /** By the line's place ("2.0.1"); `adds` where it says what the line adds to those before it. None where counting took too long. */
  lines: { at: string; people: number; adds: boolean }[];
};

/** So many lines are counted in one look; longer rules show their whole count only. */
const mostLines = 40;
/** How long the exact count may take, and the sample after it. */
export const countLimits = { exactMs: 2_500, sampleMs: 1_500, samplePeople: 20_000 };

/**
 * How many people of the workspace a rule lets in now. Within a time bound: what cannot be counted in it is told from a sample. `signal` stops
 * it in the database, too.
 */
export async function countRule(
  actor: Actor,
  { rule: given, lines }: z.output<typeof CountRule>,
  signal?: AbortSignal,
  limits = countLimits,
): Promise<RuleCount> {
  const { rule, isWhole } = withoutEvent(given);
  const places = lines ? lineRules(rule) : [];
  const asked = places.length > mostLines ? [] : places;
  const question = await questionOf(actor);
  const exact = await bounded(actor, { ms: limits.exactMs, signal }, (tx) =>
    countPeople(tx, [rule, ...asked.map((line) => line.rule)], { ...question, events: "joined" }),
  );
  if (exact) {
    const [total = 0, matching = 0, ...left] = exact;
    const told = asked.map(({ at, adds }, index) => ({ at, people: left[index] ?? 0, adds }));
    return { matching, total, isAbout: false, isAtMost: !isWhole, lines: told };
  }
  const sample = await bounded(actor, { ms: limits.sampleMs, signal }, (tx) =>
    countSample(tx, rule, { ...question, events: "each" }, limits.samplePeople),
  );
  if (!sample) throw new DomainError("unavailable", "Counting takes too long at the moment. Try again in a minute.");
  return { ...sample, isAbout: true, isAtMost: !isWhole, lines: [] };
}

/** What a rule is asked with: the workspace, its clock and its rules for consent. */
export async function questionOf(actor: Actor): Promise<Omit<PeopleQuestion, "events">> {
  const { exempt: _, ...consentRules } = await readConsentRules(actor);
  return { workspaceId: actor.session.workspaceId, now: actor.clock.now(), consentRules };
}

/** All people, and then those whom each rule lets in: one look at the table for all of them. */
async function countPeople(tx: Transaction, rules: Rule[], question: PeopleQuestion): Promise<number[]> {
  const { joins, conditions, params } = peopleSql(rules, question);
  const counts = ["count(*)", ...conditions.map((condition) => `count(*) filter (where ${condition})`)];
  const list = `array[${counts.join(", ")}]::int[]`;
  return firstCounts(
    tx,
    boundSql({ text: `select ${list} as counts from contact c ${joins} ${whereIn(question)}`, params }),
  );
}

/** The same told from about so many people of the whole table, wherever they lie in it. */
async function countSample(tx: Transaction, rule: Rule, question: PeopleQuestion, people: number) {
  const { rows } = await tx.execute<{ rows: number }>(
    sql`select greatest(reltuples, 1)::float8 as rows from pg_class where oid = 'contact'::regclass`,
  );
  const share = Math.min(1, people / (rows[0]?.rows ?? 1));
  const { conditions, params } = peopleSql([rule], question);
  const list = `array[count(*), count(*) filter (where ${conditions[0]})]::int[]`;
  const from = `contact c tablesample system (${(share * 100).toFixed(6)})`;
  const [total = 0, matching = 0] = await firstCounts(
    tx,
    boundSql({ text: `select ${list} as counts from ${from} ${whereIn(question)}`, params }),
  );
  return { total: rounded(total / share), matching: rounded(matching / share) };
}

const whereIn = ({ workspaceId }: PeopleQuestion): string => `where c.workspace_id = '${workspaceId}'::uuid`;

async function firstCounts(tx: Transaction, statement: SQL): Promise<number[]> {
  const { rows } = await tx.execute<{ counts: number[] }>(statement);
  return rows[0]?.counts ?? [];
}

/** Two digits are as much as a sample knows. */
const rounded = (count: number): number => (count === 0 ? 0 : Number(count.toPrecision(2)));
