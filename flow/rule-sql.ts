import type { Json } from "./json.ts";
import { momentPattern, parseMoment } from "./moment.ts";
import type { Rule, RuleTest } from "./rule.ts";

/** A condition for a WHERE clause: its text with $1, $2 ... and what fills them. Never null: a missing value is false or true. */
export type RuleSql = { text: string; params: (string | string[])[] };

/**
 * Where the values of a source stand: a jsonb document, or a function that is given the words of the path behind the source and says which
 * jsonb expression to begin at and which words are left to follow from there. Null: no such value. `param` binds what comes from the rule.
 */
export type RuleColumn = string | ((keys: string[], param: BindParam) => { sql: string; rest: string[] } | null);
export type BindParam = (value: string | string[]) => string;

/**
 * The same rule for Postgres: true for exactly those facts for which `evaluateRule` is true (held equal by a property test).
 * Builds text only. `columns` are SQL expressions by source, written by us and never taken from outside; everything
 * that comes from the rule is a parameter. A source without a column has no values. `firstParam` is the number of the first parameter that is free.
 * The rule must have passed its schema, and the database's encoding must be UTF-8.
 */
export function ruleToSql(rule: Rule, columns: Record<string, RuleColumn>, firstParam = 1): RuleSql {
  const params: RuleSql["params"] = [];
  const param: BindParam = (value) => {
    params.push(value);
    return `$${firstParam + params.length - 1}`;
  };
  return { text: write(rule, { columns, param }), params };
}

type Writer = { columns: Record<string, RuleColumn>; param: BindParam };

function write(rule: Rule, writer: Writer): string {
  if ("all" in rule) return join(rule.all, "and", "true", writer);
  if ("any" in rule) return join(rule.any, "or", "false", writer);
  if ("none" in rule) return `not ${join(rule.none, "or", "false", writer)}`;
  return writeTest(rule, writer);
}

const join = (parts: Rule[], word: "and" | "or", empty: string, writer: Writer): string =>
  parts.length === 0 ? empty : `(${parts.map((part) => write(part, writer)).join(` ${word} `)})`;

function writeTest(test: RuleTest, writer: Writer): string {
  const wanted = test.value ?? null;
  switch (test.op) {
    case "eq":
      return isSame(test, wanted, writer);
    case "neq":
      return `not ${isSame(test, wanted, writer)}`;
    case "in":
      return isOneOf(test, wanted, writer);
    case "notIn":
      return `not ${isOneOf(test, wanted, writer)}`;
    case "exists":
      return `coalesce(jsonb_typeof(${valueAt(test, writer)}) <> 'null', false)`;
    case "notExists":
      return `coalesce(jsonb_typeof(${valueAt(test, writer)}) = 'null', true)`;
    case "contains":
      return contains(test, wanted, writer);
    case "startsWith":
      return typeof wanted === "string"
        ? ofText(test, writer, (text) => `starts_with(${text}, ${writer.param(wanted)}::text)`)
        : "false";
    case "gt":
      return isOrdered(test, wanted, ">", writer);
    case "gte":
      return isOrdered(test, wanted, ">=", writer);
    case "lt":
      return isOrdered(test, wanted, "<", writer);
    case "lte":
      return isOrdered(test, wanted, "<=", writer);
  }
}

type Scalar = string | number | boolean;
const isScalar = (value: Json): value is Scalar => value !== null && typeof value !== "object";

function isSame(test: RuleTest, wanted: Json, writer: Writer): string {
  if (!isScalar(wanted)) return "false";
  return `coalesce(${valueAt(test, writer)} = ${writer.param(JSON.stringify(wanted))}::jsonb, false)`;
}

function isOneOf(test: RuleTest, wanted: Json, writer: Writer): string {
  const list = Array.isArray(wanted) ? wanted.filter(isScalar) : [];
  if (list.length === 0) return "false";
  const value = valueAt(test, writer);
  // An array "contains" a scalar, but also each array that is a part of it: only scalars are asked about.
  const listed = `${writer.param(JSON.stringify(list))}::jsonb @> ${value}`;
  return `(case when jsonb_typeof(${value}) in ('string', 'number', 'boolean') then ${listed} else false end)`;
}

function contains(test: RuleTest, wanted: Json, writer: Writer): string {
  if (!isScalar(wanted)) return "false";
  const value = valueAt(test, writer);
  const inList = `(case when jsonb_typeof(${value}) = 'array' then ${value} @> ${writer.param(JSON.stringify(wanted))}::jsonb else false end)`;
  if (typeof wanted !== "string") return inList;
  return `(${inList} or ${ofText(test, writer, (text) => `strpos(${text}, ${writer.param(wanted)}::text) > 0`)})`;
}

function isOrdered(test: RuleTest, wanted: Json, sign: ">" | ">=" | "<" | "<=", writer: Writer): string {
  if (typeof wanted === "number") {
    const value = valueAt(test, writer);
    const number = `(${value} #>> '{}')::numeric ${sign} ${writer.param(JSON.stringify(wanted))}::numeric`;
    return `(case when jsonb_typeof(${value}) = 'number' then ${number} else false end)`;
  }
  if (typeof wanted !== "string") return "false";
  return ofText(test, writer, (text) => {
    const asText = `${text} ${sign} ${writer.param(wanted)}::text`;
    if (parseMoment(wanted) === undefined) return asText;
    const isMoment = `length(${text}) <= 40 and ${text} ~ ${writer.param(momentPattern)}::text`;
    return `case when ${isMoment} then ${momentSql(text)} ${sign} ${momentSql(`${writer.param(wanted)}::text`)} else ${asText} end`;
  });
}

/** Digits after the millisecond are cut off, as `parseMoment` does. */
const momentSql = (text: string): string => `regexp_replace(${text}, '(\\.[0-9]{3})[0-9]+', '\\1')::timestamptz`;

/** False for what is no text; else what is asked of it, compared by bytes, which for UTF-8 is by code point. */
function ofText(test: RuleTest, writer: Writer, ask: (text: string) => string): string {
  const value = valueAt(test, writer);
  return `(case when jsonb_typeof(${value}) = 'string' then ${ask(`((${value} #>> '{}') collate "C")`)} else false end)`;
}

/** The jsonb at the rule's path, NULL where it leads nowhere. */
function valueAt({ path }: RuleTest, { columns, param }: Writer): string {
  const [source, ...keys] = path.split(".");
  const column = Object.entries(columns).find(([name]) => name === source)?.[1] ?? "null::jsonb";
  const begin = typeof column === "string" ? { sql: column, rest: keys } : column(keys, param);
  if (!begin) return "(null::jsonb)";
  return begin.rest.reduce((value, key) => {
    // As a step of #>, "-1" and "00" would count places of an array; as a step of -> they are names and nothing else.
    const isOddNumber = /^[+-]?\d+$/.test(key) && !/^(0|[1-9]\d*)$/.test(key);
    return isOddNumber ? `(${value} -> ${param(key)}::text)` : `(${value} #> ${param([key])}::text[])`;
  }, `(${begin.sql})`);
}
