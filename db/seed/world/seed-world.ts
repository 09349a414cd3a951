import { contact, event, eventKey, flow, flowVersion, link, message } from "#db/schema/index.ts";
import { compile } from "#flow/compile.ts";
import type { TemplateInfo } from "#flow/template.ts";
import { canonicalHash } from "#server/canonical-json.ts";
import { type BankFlow, bankFlows } from "#server/demo/world/flows.ts";
import { lifeOf } from "#server/demo/world/life.ts";
import { startExperiments } from "#server/experiments/start-experiments.ts";
import { fixedId } from "../fixed-id.ts";
import type { History } from "../history.ts";
import { insertAll } from "../insert-all.ts";
import type { Seed } from "../seed.ts";
import { insertConsents } from "../seed-contacts.ts";
import type { RunningFlow } from "../seed-flows.ts";
import { writeHistories } from "../seed-history.ts";
import { PersonPlay } from "./bank-in-memory.ts";
import { afterPlay, factRows, linkRows, personRow, worldHeardRows } from "./person-rows.ts";
import { seedPlans } from "./seed-plans.ts";

const dayMs = 86_400_000;
const pastDays = 27;
/** It goes on after today, in what nobody is told of: things begin until now, and some people stand in the middle of them. */
const worldDays = pastDays + 10;
const worldSeed = 1;
/** Enough that every screen has something to say, few enough that a first start is not longer by more than seconds. */
const usualPeople = 800;
/** The last minutes belong to who looks at it. */
const lastMinutes = 20;
/** Where questions about accounts are answered: nowhere that is there, as in the starters. */
const coreBankingUrl = "https://core-banking.example/accounts";
/** Of the world's flows those that the demo does not run already, by names that none of its starters has. */
const addedNames: Record<string, string> = {
  "Monthly statement": "Latin America: monthly statement",
  Chatbot: "Latin America: answers",
  "CSAT and tips": "Latin America: how was it",
};

/**
 * Four weeks of a smaller demo world (docs/demo-world.md) in the demo workspace: its people, what they did and got, and the experiments
 * they were in. Played by the pure core in memory and written as rows. The flows it adds are paused: nobody who tries the demo meets them.
 */
export async function seedWorld(
  seed: Seed,
  {
    flows,
    templates,
    people = usualPeople,
  }: { flows: readonly RunningFlow[]; templates: readonly TemplateInfo[]; people?: number },
): Promise<void> {
  const { tx, now } = seed;
  const startsAt = Math.floor(now.getTime() / dayMs) * dayMs - pastDays * dayMs;
  const added = await addFlows(seed, startsAt);
  const bank = { flows: [...flows, ...added], texts: templates };
  const until = now.getTime() - lastMinutes * 60_000;
  const plays = Array.from({ length: people }, (_, index) => {
    const life = lifeOf({ seed: worldSeed, startsAt, days: worldDays }, index);
    const person = personRow(seed, life);
    const { id = "", firstName, locale, timezone, attributes } = person;
    const facts = { id, firstName, locale, timezone, attributes: attributes ?? {}, tags: [] };
    const play = new PersonPlay(bank, { life, person, facts, until });
    play.play();
    return play;
  }).filter(({ person }) => (person.createdAt ?? now) < now);
  const contacts = plays.map(afterPlay);
  await insertAll(tx, contact, contacts);
  await insertConsents(tx, contacts);
  const facts = plays.flatMap(factRows);
  await insertAll(tx, event, facts);
  await insertAll(
    tx,
    eventKey,
    facts.map(({ workspaceId, messageId, id, receivedAt }) => ({ workspaceId, messageId, eventId: id, receivedAt })),
  );
  const histories = plays.flatMap((play) =>
    play.enrolled.map(
      (one): History => ({
        ...{ seed, running: one.running, person: play.person as History["person"], enrollmentId: one.id },
        life: one.asLife(),
      }),
    ),
  );
  await writeHistories(seed, histories, templates);
  await insertAll(
    tx,
    message,
    plays.flatMap((play) => worldHeardRows(seed, play)),
  );
  await insertAll(tx, link, plays.flatMap(linkRows));
}

/** Published long ago and paused since this morning. */
async function addFlows(seed: Seed, startsAt: number): Promise<RunningFlow[]> {
  const { tx, workspaceId, makerId, now } = seed;
  const at = new Date(startsAt - dayMs);
  const by = { createdBy: makerId, updatedBy: makerId };
  const wanted = bankFlows(coreBankingUrl).filter(({ name }) => name in addedNames);
  const idsOf = ({ name }: BankFlow) => ({
    id: fixedId(`world-flow:${workspaceId}:${name}`),
    versionId: fixedId(`world-version:${workspaceId}:${name}`),
  });
  await insertAll(
    tx,
    flow,
    wanted.map((one) => ({
      ...{ ...idsOf(one), ...by, workspaceId, name: addedNames[one.name] ?? one.name, draft: one.graph },
      versionId: idsOf(one).versionId,
      ...{ status: "paused" as const, createdAt: at, updatedAt: new Date(now.getTime() - 35 * dayMs) },
    })),
  );
  await insertAll(
    tx,
    flowVersion,
    wanted.map((one) => ({
      ...{
        workspaceId,
        id: idsOf(one).versionId,
        flowId: idsOf(one).id,
        number: 1,
        graph: one.graph,
        hash: canonicalHash(one.graph),
      },
      ...{ triggerEvent: compile(one.graph).trigger?.event ?? "", publishedBy: makerId, publishedAt: at },
    })),
  );
  for (const one of wanted) {
    const { id: flowId, versionId } = idsOf(one);
    await seedPlans(seed, one, { flowId, at });
    await startExperiments(tx, { workspaceId, flowId, versionId, version: 1, graph: one.graph, actor: makerId, at });
  }
  return wanted.map((one) => {
    const { id: flowId, versionId } = idsOf(one);
    return {
      flowId,
      versionId,
      compiled: compile(one.graph),
      event: { name: compile(one.graph).trigger?.event ?? "", properties: {} },
    };
  });
}
