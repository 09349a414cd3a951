import { type ConsentRules, consentPurposes } from "#flow/gate/consent.ts";
import type { Rule } from "#flow/rule.ts";
import { type BindParam, type RuleColumn, ruleToSql } from "#flow/rule-sql.ts";
import { countOf } from "#flow/segment/segment-rule.ts";

export type PeopleQuestion = {
  workspaceId: string;
  now: Date;
  consentRules: Omit<ConsentRules, "exempt">;
  /**
   * How events are counted: `joined`, once for everybody, when most people are looked at; `each`, by the person's own index, when a
   * statement looks at few of them.
   */
  events: "joined" | "each";
};

/** `conditions` in the order of the rules, over `contact c` and `joins`, with $1 ... for `params`. */
export type PeopleSql = { joins: string; conditions: string[]; params: unknown[] };

/** A segment's rules as SQL about `contact c`: true for exactly whom `evaluateRule` says so of `segmentFacts` (a property test). */
export function peopleSql(rules: readonly Rule[], question: PeopleQuestion): PeopleSql {
  const params: unknown[] = [];
  const joins = new Map<string, string>();
  const columns: Record<string, RuleColumn> = {
    contact: contactColumn,
    consent: ([purpose = ""]) => consentColumn(purpose, question),
    past: (keys, param) => countColumn(keys, param, { question, joins }),
    time: `jsonb_build_object('now', '${question.now.toISOString()}')`,
  };
  const conditions = rules.map((rule) => {
    const bound = ruleToSql(rule, columns, params.length + 1);
    params.push(...bound.params);
    return bound.text;
  });
  return { joins: [...joins.values()].join("\n"), conditions, params };
}

/** Built-in names win over attributes. Each by its own column: putting a document together for a million people takes seconds. */
const ownColumns: Record<string, string> = {
  id: "to_jsonb(c.id)",
  firstName: "to_jsonb(c.first_name)",
  locale: "to_jsonb(c.locale)",
  timezone: "to_jsonb(c.timezone)",
  tags: "to_jsonb(c.tags)",
};

const contactColumn: RuleColumn = ([name = "", ...rest]) => {
  const own = Object.hasOwn(ownColumns, name) ? ownColumns[name] : undefined;
  return own ? { sql: own, rest } : { sql: "c.attributes", rest: [name, ...rest] };
};

/** As `consentAt` says of `withEnds`. Months are added by the calendar, the last day where a month is shorter, in both. */
function consentColumn(purpose: string, { now, consentRules }: PeopleQuestion) {
  const known = consentPurposes.find((one) => one === purpose);
  if (!known) return null;
  const { months, since, retired } = consentRules;
  const given = `c.consents -> '${known}'`;
  const at = `(${given} ->> 'at')::timestamptz`;
  const moment = (ms: number) => `'${new Date(ms).toISOString()}'::timestamptz`;
  const ends = [`(${given} ->> 'expiresAt')::timestamptz <= ${moment(now.getTime())}`];
  if (months !== null) {
    const ofMonths = `(${at} at time zone 'UTC' + interval '${Math.trunc(months)} months') at time zone 'UTC'`;
    ends.push(`(${given} ->> 'expiresAt' is null and ${ofMonths} <= ${moment(now.getTime())})`);
  }
  if (since !== null && since <= now.getTime()) ends.push(`${at} < ${moment(since)}`);
  // By the policy they are hexadecimal (flow/gate/policy.ts); nothing else is written into the statement.
  const names = retired.filter((name) => /^[0-9a-f]+$/.test(name));
  if (names.length > 0) ends.push(`${given} ->> 'wording' in (${names.map((name) => `'${name}'`).join(", ")})`);
  const state = `case when ${given} ->> 'state' = 'withdrawn' then 'withdrawn' when ${ends.join(" or ")} then 'expired' else 'granted' end`;
  return { sql: `case when ${given} is not null then to_jsonb(${state}) end`, rest: [] };
}

type Counting = { question: PeopleQuestion; joins: Map<string, string> };

function countColumn(keys: string[], param: BindParam, { question, joins }: Counting) {
  const path = ["past", ...keys].join(".");
  const counted = countOf(path);
  if (!counted) return null;
  const { now, workspaceId, events } = question;
  const since = new Date(now.getTime() - counted.days * 86_400_000).toISOString();
  const inTime = `received_at > '${since}'::timestamptz and received_at <= '${now.toISOString()}'::timestamptz`;
  if (events === "each") {
    const ofPerson = `e.contact_id = c.id and e.name = ${param(counted.event)}::text`;
    return {
      sql: `(select to_jsonb(count(*)) from event e where ${ofPerson} and e.${inTime.replace(" and ", " and e.")})`,
      rest: [],
    };
  }
  const known = joins.get(path);
  const alias = known ? aliasOf([...joins.keys()].indexOf(path)) : aliasOf(joins.size);
  if (!known) {
    const ofWorkspace = `workspace_id = '${workspaceId}'::uuid and name = ${param(counted.event)}::text`;
    const counts = `select contact_id, count(*) as times from event where ${ofWorkspace} and ${inTime} group by contact_id`;
    joins.set(path, `left join (${counts}) ${alias} on ${alias}.contact_id = c.id`);
  }
  return { sql: `to_jsonb(coalesce(${alias}.times, 0))`, rest: [] };
}

const aliasOf = (place: number): string => `past_${place}`;
