import { and, eq, sql } from "drizzle-orm";
import { z } from "zod";
import { flow, flowVersion } from "#db/schema/index.ts";
import { starters } from "#flow/starters/index.ts";
import { demoCustomers } from "#server/demo/demo-customers.ts";
import { eventFor } from "#server/demo/event-for.ts";
import type { Actor } from "#server/trpc.ts";

const firstSteps = ["send-event", "answer-phone", "change-flow", "publish-flow"] as const;
type FirstStep = (typeof firstSteps)[number];

const Facts = z.object({
  sentEvent: z.boolean(),
  answeredPhone: z.boolean(),
  changedFlow: z.boolean(),
  publishedFlow: z.boolean(),
});

/** The flow the checklist walks through, and the event that enters it. */
const starterId = "kyc-reminder";
const sample = starters.find((starter) => starter.id === starterId)?.sampleEvent ?? {
  name: "kyc.incomplete",
  properties: {},
};

/**
 * The way through the product for somebody new. A step is done when the database says so, and only by what happened after the
 * workspace was made: its sample history lies before.
 */
export async function readFirstSteps({ db, env, session }: Actor) {
  const facts = await readFacts(db, session.workspaceId);
  const done: Record<FirstStep, boolean> = {
    "send-event": facts.sentEvent,
    "answer-phone": facts.answeredPhone,
    "change-flow": facts.changedFlow,
    "publish-flow": facts.publishedFlow,
  };
  const [entered] = await db
    .select({ id: flow.id, name: flow.name })
    .from(flow)
    .innerJoin(flowVersion, eq(flowVersion.id, flow.versionId))
    .where(
      and(
        eq(flow.workspaceId, session.workspaceId),
        eq(flow.status, "active"),
        eq(flowVersion.triggerEvent, sample.name),
      ),
    )
    .limit(1);
  return {
    steps: firstSteps.map((id) => ({ id, isDone: done[id] })),
    flow: entered ?? null,
    event: {
      address: env.publicUrl,
      // Outside a demo keys are shown once, when they are made, and never again.
      writeKey: env.isDemo ? env.demoWriteKey : null,
      userId: env.isDemo ? demoCustomers[0].externalId : null,
      name: sample.name,
      properties: eventFor(sample.properties, { locale: demoCustomers[0].locale }),
    },
  };
}

export type FirstSteps = Awaited<ReturnType<typeof readFirstSteps>>;

async function readFacts(db: Actor["db"], workspaceId: string) {
  const { rows } = await db.execute(sql`
    select
      exists (select 1 from event where event.workspace_id = workspace.id and received_at > workspace.created_at and type <> 'system') as "sentEvent",
      exists (select 1 from message where message.workspace_id = workspace.id and direction = 'inbound' and message.created_at > workspace.created_at) as "answeredPhone",
      exists (select 1 from audit where audit.workspace_id = workspace.id and action = 'save-draft') as "changedFlow",
      exists (select 1 from audit where audit.workspace_id = workspace.id and action = 'publish-flow') as "publishedFlow"
    from workspace where workspace.id = ${workspaceId}`);
  return Facts.parse(rows[0]);
}
