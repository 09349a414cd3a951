import pg from "pg";
import { kycReminder } from "#flow/starters/kyc-reminder.ts";
import { demoWorkspaceSlug as slug } from "#server/demo/demo-customers.ts";
import { postByKey, sendBatch, track } from "./call-door.ts";
import { untilDemo } from "./until-demo.ts";

/** A second WhatsApp account beside the sandbox's own: nothing leaves by it, and nothing was submitted there. */
const secondAccount = `
  insert into channel (id, workspace_id, provider, name, phone, phone_number_id, account_id, base_url, token_sealed, app_secret_sealed,
                       verify_token_sealed, hook_token, messages_per_second, created_at)
  select gen_random_uuid(), workspace_id, provider, 'Lagos', '+2348000000001', '99900011122', '99900011133', base_url, token_sealed,
         app_secret_sealed, verify_token_sealed, gen_random_uuid()::text, messages_per_second, now()
  from channel c join workspace w on w.id = c.workspace_id and w.slug = $1
  where not exists (select 1 from channel o where o.workspace_id = w.id and o.account_id = '99900011133') limit 1`;

const setHeld = "update workspace set sending_held_at = $2 where slug = $1";
const countQueued = `
  select count(*)::int as count from outbox o join workspace w on w.id = o.workspace_id and w.slug = $1
  where o.request->>'template' = $2 and o.status = 'queued'`;
const pauseTemplate = `
  update template_language l set status = 'paused' from template t join workspace w on w.id = t.workspace_id and w.slug = $1
  where l.template_id = t.id and t.name = $2`;
const hold = `
  update outbox o set status = 'held', held_template_id = t.id, held_until = now() + interval '1 day', holds_back = false
  from template t join workspace w on w.id = t.workspace_id and w.slug = $1
  where o.workspace_id = w.id and t.name = $2 and o.request->>'template' = $2 and o.status = 'queued'`;

const template = "kyc_reminder_1";
const people = 12;

/** A flow that lets in whom the bank knows to be good for a loan, and an event about somebody who is not. */
export async function refusePerson(url: string): Promise<void> {
  const nodes = kycReminder.graph.nodes.map((node) =>
    node.type === "trigger-event"
      ? { ...node, data: { event: "limit.raised", rule: { path: "contact.creditScore", op: "gte", value: 900 } } }
      : node,
  );
  const { id } = await postByKey(url, "/v1/flows", { name: "Higher limit", graph: { ...kycReminder.graph, nodes } });
  await postByKey(url, `/v1/flows/${id}/publish`, {});
  await sendBatch(url, [track("demo-kwame", "limit.raised", { missing: ["proof of income"] })]);
}

/** People who hold for a template that WhatsApp has paused, for the pictures of it. Only for a throw-away Chasqui. */
export async function holdPeople({ url, databaseUrl }: { url: string; databaseUrl: string }): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query(secondAccount, [slug]);
    await client.query(setHeld, [slug, new Date()]);
    const ids = Array.from({ length: people }, (_, index) => `holding-${index}`);
    const identify = (userId: string, index: number) => ({
      type: "identify",
      userId,
      traits: { firstName: "Fatou", phone: `+2217711${10_000 + index}`, locale: "fr", whatsappConsent: ["service"] },
    });
    await sendBatch(url, ids.map(identify));
    await sendBatch(
      url,
      ids.map((id) => track(id, "kyc.incomplete", { missing: ["proof of address"] })),
    );
    const queued = async () =>
      (await client.query<{ count: number }>(countQueued, [slug, template])).rows[0]?.count ?? 0;
    await untilDemo(async () => (await queued()) >= people, { whatFails: "The demo's people do not come to hold" });
    await client.query(pauseTemplate, [slug, template]);
    await client.query(hold, [slug, template]);
    await client.query(setHeld, [slug, null]);
  } finally {
    await client.end();
  }
}
