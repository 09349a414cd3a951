import type { Database } from "#db/client.ts";
import * as tables from "#db/schema/index.ts";
import { compile } from "#flow/compile.ts";
import type { Graph } from "#flow/graph.ts";
import type { TemplateInfo } from "#flow/template.ts";
import { metaCloud } from "#server/channels/meta-cloud/meta-cloud.ts";
import { secretPlace } from "#server/channels/open-connection.ts";
import { newId, shardOf } from "#server/id.ts";
import { type SandboxIdentity, sandboxIdentity } from "#server/sandbox/identity.ts";
import { fingerprint, seal } from "#server/secret.ts";
import { type KnownFlow, placeOf, worldTemplates } from "./known-flow.ts";
import { canaryName, consentStateOf, type Person } from "./person.ts";

/** The bank under test as the harness made it. */
export type World = {
  workspaceId: string;
  channelId: string;
  hookToken: string;
  /** Opens the event door. */
  writeKey: string;
  /** Opens the REST API. */
  restKey: string;
  capPerDay: number;
  people: Person[];
  /** By the event that opens them. */
  flows: (KnownFlow & { id: string; versionId: string })[];
  /** A second workspace with the same flows, which nobody acts in: nothing of it may change. */
  neighbourId: string;
};

export type WorldPlan = {
  secret: string;
  providerUrl: string;
  sandboxUrl: string;
  /** What webhook steps ask. */
  endpointUrl: string;
  capPerDay: number;
};

const hookToken = "faults-hook";

/** Fills an empty database with the bank under test and its neighbour, and has the sandbox approve the templates. */
export async function buildWorld(
  db: Database,
  plan: WorldPlan,
  { people, flows }: { people: Person[]; flows: readonly KnownFlow[] },
): Promise<World> {
  const identity = sandboxIdentity(plan.secret);
  const templates = [...worldTemplates, ...flows.flatMap((flow) => flow.templates ?? [])];
  const bank = await addBank(db, plan, "bank", identity);
  await addTemplates(db, bank.workspaceId, templates);
  await addPeople(db, bank.workspaceId, people);
  const published = await publishAll(db, bank.workspaceId, flows, plan);
  const stranger = { ...identity, phoneNumberId: "100000000000001", accountId: "200000000000001" };
  const neighbour = await addBank(db, plan, "neighbour", stranger);
  await addTemplates(db, neighbour.workspaceId, templates);
  const neighbours = people.slice(0, 20).map((person) => ({ ...person, contactId: newId() }));
  await addPeople(db, neighbour.workspaceId, neighbours);
  // What starts by itself would be an act in a workspace that nobody acts in.
  await publishAll(
    db,
    neighbour.workspaceId,
    flows.filter(({ event, place }) => event !== null || place),
    plan,
  );
  await submitTemplates(plan, identity, templates);
  return {
    ...bank,
    hookToken,
    capPerDay: plan.capPerDay,
    people,
    flows: published,
    neighbourId: neighbour.workspaceId,
  };
}

async function addBank(db: Database, plan: WorldPlan, name: string, identity: SandboxIdentity) {
  const { secret } = plan;
  const [workspaceId, channelId] = [newId(), newId()];
  const row = { id: channelId, workspaceId };
  const [writeKey, restKey] = [`write-${workspaceId}`, `rest-${workspaceId}`];
  await db.insert(tables.workspace).values({
    id: workspaceId,
    name,
    slug: workspaceId,
    capPerDay: plan.capPerDay,
    // The same time twice: never quiet, so that a run does not depend on the hour.
    quietFrom: "00:00",
    quietTo: "00:00",
  });
  await db.insert(tables.channel).values({
    ...row,
    provider: "meta-cloud",
    name: "Sandbox",
    phone: identity.displayPhone,
    phoneNumberId: identity.phoneNumberId,
    accountId: identity.accountId,
    baseUrl: plan.providerUrl,
    tokenSealed: seal(secret, secretPlace(row, "token"), identity.token),
    appSecretSealed: seal(secret, secretPlace(row, "app-secret"), identity.appSecret),
    verifyTokenSealed: seal(secret, secretPlace(row, "verify-token"), identity.verifyToken),
    hookToken,
    messagesPerSecond: 1000,
  });
  await db.insert(tables.accessKey).values([
    { id: newId(), workspaceId, kind: "write", name: "w", hash: fingerprint(writeKey), last4: writeKey.slice(-4) },
    { id: newId(), workspaceId, kind: "rest", name: "r", hash: fingerprint(restKey), last4: restKey.slice(-4) },
  ]);
  return { workspaceId, channelId, writeKey, restKey };
}

async function addTemplates(db: Database, workspaceId: string, templates: readonly TemplateInfo[]): Promise<void> {
  for (const { name, category, languages } of templates) {
    const id = newId();
    await db.insert(tables.template).values({ id, workspaceId, name, category, updatedBy: "faults" });
    const rows = languages.map((language) => ({ templateId: id, workspaceId, ...language }));
    await db.insert(tables.templateLanguage).values(rows);
  }
}

async function submitTemplates(
  { sandboxUrl }: WorldPlan,
  identity: SandboxIdentity,
  templates: readonly TemplateInfo[],
): Promise<void> {
  const connection = { channelId: newId(), baseUrl: sandboxUrl, ...identity };
  for (const { name, category, samples, languages } of templates) {
    for (const { status: _status, ...content } of languages) {
      const submission = { name, category, content, samples, linkBase: "http://localhost/r/" };
      const answer = await metaCloud.submitTemplate(connection, submission);
      if (answer.outcome !== "accepted") throw new Error(`The sandbox refused template ${name}: ${answer.detail}`);
    }
  }
}

async function addPeople(db: Database, workspaceId: string, people: readonly Person[]): Promise<void> {
  const at = new Date().toISOString();
  const rows = people.map((person) => ({
    id: person.contactId,
    workspaceId,
    shard: shardOf(workspaceId, person.contactId),
    externalId: person.externalId,
    phone: person.phone,
    firstName: canaryName,
    timezone: person.timezone,
    attributes: { score: person.score },
    consents: consentStateOf(person, at),
    suppressedAt: person.isSuppressed ? new Date() : null,
    suppressedReason: person.isSuppressed ? "blocked" : null,
  }));
  for (let from = 0; from < rows.length; from += 500)
    await db.insert(tables.contact).values(rows.slice(from, from + 500));
}

/** Publishes them, with the workspace's own ids in place of what drawn steps name. */
async function publishAll(
  db: Database,
  workspaceId: string,
  flows: readonly KnownFlow[],
  { endpointUrl }: WorldPlan,
): Promise<World["flows"]> {
  const segments = await addSegments(db, workspaceId);
  const ids = new Map(flows.map((flow) => [flow, newId()]));
  const own = new Map([
    ...[...ids].flatMap(([{ place }, id]) => (place ? [[place, id] as const] : [])),
    ...segments,
    [placeOf.endpoint, endpointUrl] as const,
  ]);
  const published: World["flows"] = [];
  for (const [flow, id] of ids) {
    const drawn = [...own].reduce((text, [place, ours]) => text.replaceAll(place, ours), JSON.stringify(flow.graph));
    // Not asked of the schema: some faults force what it refuses into the database.
    const graph: Graph = JSON.parse(drawn);
    published.push({ ...flow, graph, ...(await publish(db, workspaceId, { ...flow, graph }, id)) });
  }
  return published;
}

/** The segments that drawn flows start for, by what stands in for them. */
async function addSegments(db: Database, workspaceId: string): Promise<[place: string, id: string][]> {
  const rules = [
    [placeOf.noted, { path: "contact.made_up", op: "gte", value: 2 }],
    [placeOf.rich, { path: "contact.score", op: "gt", value: 840 }],
  ] as const;
  const by = { createdBy: newId(), updatedBy: newId() };
  const rows = rules.map(([place, rule]) => ({ id: newId(), workspaceId, name: place, rule, ...by }));
  await db.insert(tables.segment).values(rows);
  return rows.map(({ name, id }) => [name, id]);
}

/** Publishes a graph as version 1 of a flow of its own. */
export async function publish(
  db: Database,
  workspaceId: string,
  { name, event, graph }: Pick<KnownFlow, "name" | "event" | "graph">,
  id = newId(),
): Promise<{ id: string; versionId: string }> {
  const versionId = newId();
  const by = { createdBy: "faults", updatedBy: "faults" };
  await db.insert(tables.flow).values({ id, workspaceId, name, status: "active", draft: graph, versionId, ...by });
  await db.insert(tables.flowVersion).values({
    id: versionId,
    workspaceId,
    flowId: id,
    number: 1,
    graph,
    hash: versionId,
    triggerEvent: openedBy({ event, graph }),
    publishedBy: "faults",
    publishedAt: new Date(),
  });
  return { id, versionId };
}

/** The name of what opens it. A graph that nobody could publish need not say. */
export const openedBy = ({ event, graph }: Pick<KnownFlow, "event" | "graph">): string =>
  event ?? compile(graph).trigger?.event ?? "";
