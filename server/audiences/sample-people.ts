import { z } from "zod";
import { boundSql } from "#db/bound-sql.ts";
import type { ConsentState } from "#db/schema/index.ts";
import { evaluateRule } from "#flow/evaluate-rule.ts";
import { withEnds } from "#flow/gate/consent.ts";
import { type Json, type JsonObject, readPath } from "#flow/json.ts";
import type { Rule } from "#flow/rule.ts";
import { pathsOf, SegmentRule, segmentFacts } from "#flow/segment/segment-rule.ts";
import { isAllowed } from "../auth/permissions.ts";
import type { Actor } from "../trpc.ts";
import { bounded } from "./bounded.ts";
import { questionOf } from "./count-rule.ts";
import { peopleSql } from "./people-sql.ts";

export const SamplePeople = z.strictObject({
  rule: SegmentRule,
  /** Another number draws other people. */
  draw: z.int().min(0).default(0),
});

const sampleSize = 5;
/** So many of the rule's own attributes stand beside each person. */
const mostColumns = 2;

type Row = {
  id: string;
  first_name: string | null;
  last_name: string | null;
  locale: string | null;
  timezone: string | null;
  attributes: JsonObject;
  tags: string[];
  consents: ConsentState;
  last_event: Date | null;
};

/**
 * Five people whom the rule lets in, drawn anew by another `draw`, with the attributes the rule asks about, when they were last heard of, and which line
 * of its first "any" group lets each in (`by`: the line's place). Who may not see contacts gets initials. Nobody where drawing them takes too long.
 */
export async function samplePeople(actor: Actor, { rule, draw }: z.output<typeof SamplePeople>) {
  const question = { ...(await questionOf(actor)), events: "each" as const };
  const { conditions, params } = peopleSql([rule], question);
  const rows = await bounded(actor, { ms: 4_000 }, async (tx) => {
    // By a hash of id and draw: the same draw shows the same people while one types.
    const order = `hashtextextended(c.id::text, ${draw})`;
    const text = `
      with drawn as materialized (
        select c.* from contact c where c.workspace_id = '${question.workspaceId}'::uuid and ${conditions[0]} order by ${order} limit ${sampleSize}
      )
      select d.id, d.first_name, d.last_name, d.locale, d.timezone, d.attributes, d.tags, d.consents, (
        select max(e.received_at) from event e where e.contact_id = d.id and e.type <> 'identify') as last_event
      from drawn d order by hashtextextended(d.id::text, ${draw})`;
    return (await tx.execute<Row>(boundSql({ text, params }))).rows;
  });
  const paths = columnsOf(rule);
  const branches = branchesOf(rule);
  const mayName = isAllowed(actor.session.role, "see-contacts");
  return {
    paths,
    people: (rows ?? []).map((row) => {
      const contact = {
        id: row.id,
        firstName: row.first_name,
        locale: row.locale,
        timezone: row.timezone,
        attributes: row.attributes,
        tags: row.tags,
      };
      const consents = withEnds(row.consents, question.consentRules);
      const person = { contact, consents, events: [] };
      const facts = segmentFacts(rule, person, question.now.getTime());
      return {
        id: mayName ? row.id : null,
        name: nameOf(row, mayName),
        locale: row.locale,
        values: paths.map((path): Json => readPath(facts, path) ?? null),
        lastEventAt: row.last_event === null ? null : new Date(row.last_event),
        by: branches.find((branch) => evaluateRule(branch.rule, facts))?.at ?? null,
      };
    }),
  };
}

function nameOf({ first_name, last_name }: Row, mayName: boolean): string {
  const parts = [first_name, last_name].filter((part) => part !== null && part !== "");
  return mayName ? parts.join(" ") : parts.map((part) => `${part?.slice(0, 1)}.`).join(" ");
}

const columnsOf = (rule: Rule): string[] =>
  pathsOf(rule)
    .filter((path) => path.startsWith("contact.") && !["contact.tags", "contact.locale", "contact.id"].includes(path))
    .slice(0, mostColumns);

/** The lines of the first "any" group, where there are several. Counts of events are not asked person by person, so such lines are left out. */
function branchesOf(rule: Rule): { at: string; rule: Rule }[] {
  const find = (part: Rule, at: string): { at: string; rule: Rule }[] => {
    if ("path" in part || "none" in part) return [];
    const parts = "any" in part ? part.any : part.all;
    const places = parts.map((one, index) => ({ at: at === "" ? String(index) : `${at}.${index}`, rule: one }));
    if ("any" in part) return parts.length > 1 ? places : [];
    return places.map((place) => find(place.rule, place.at)).find((found) => found.length > 0) ?? [];
  };
  const found = find(rule, "");
  return found.filter(({ rule: one }) => !pathsOf(one).some((path) => path.startsWith("past.")));
}
