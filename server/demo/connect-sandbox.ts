import { and, eq } from "drizzle-orm";
import { z } from "zod";
import type { Database } from "#db/client.ts";
import { channel, template, templateAccount, templateLanguage } from "#db/schema/index.ts";
import type { Connection } from "#server/channels/channel.ts";
import { graphVersion } from "#server/channels/meta-cloud/graph.ts";
import { metaCloud } from "#server/channels/meta-cloud/meta-cloud.ts";
import { openConnection } from "#server/channels/open-connection.ts";
import { readSendingNumber } from "#server/channels/sending-number.ts";
import type { Env } from "#server/env.ts";
import { demoCustomers } from "./demo-customers.ts";

type ChannelRow = typeof channel.$inferSelect;

export type Connected = { templates: number; submitted: number };

/**
 * Introduces the demo workspace and the running sandbox to each other, as an operator would do it at Meta: the webhook address
 * is subscribed, the customers get their names, and every approved template is submitted. Door and sandbox must be up. Runs at
 * each start: ports may have moved and the sandbox may have been reset; what is there already stays. Null: no demo channel.
 */
export async function connectSandbox(db: Database, env: Env, workspaceId: string): Promise<Connected | null> {
  const row = await readSendingNumber(db, workspaceId);
  if (!row) return null;
  const current = { ...row, baseUrl: `http://127.0.0.1:${env.sandboxPort}` };
  await db.update(channel).set({ baseUrl: current.baseUrl }).where(eq(channel.id, row.id));
  const { verifyToken, appSecret } = openConnection(env.secret, current);
  await control(env, "webhook", {
    url: `http://127.0.0.1:${env.doorPort}/hooks/meta/${row.id}/${row.hookToken}`,
    verify_token: verifyToken,
    app_secret: appSecret,
  });
  for (const { phone, firstName, lastName } of demoCustomers)
    await control(env, "users", { wa_id: phone, name: `${firstName} ${lastName}` });
  return submitTemplates(db, env, current);
}

async function submitTemplates(db: Database, env: Env, row: ChannelRow): Promise<Connected> {
  const connection = openConnection(env.secret, row);
  const wanted = await db
    .select({ template, content: templateLanguage })
    .from(templateLanguage)
    .innerJoin(template, eq(template.id, templateLanguage.templateId))
    .where(and(eq(templateLanguage.workspaceId, row.workspaceId), eq(templateLanguage.status, "approved")));
  const there = await submittedBefore(connection);
  let submitted = 0;
  for (const { template: whole, content } of wanted) {
    const { language, header, body, footer, buttons } = content;
    const known = there.get(`${whole.name} ${language}`);
    if (known) {
      await keep(db, { row, content }, { providerId: known });
      continue;
    }
    const answer = await metaCloud.submitTemplate(connection, {
      name: whole.name,
      category: whole.category,
      content: { language, header, body, footer, buttons },
      samples: whole.samples,
      linkBase: `${env.publicUrl}/r/`,
    });
    if (answer.outcome !== "accepted")
      throw new Error(`The sandbox did not take template ${whole.name} (${language}): ${answer.detail}`);
    submitted += 1;
    await keep(db, { row, content }, { providerId: answer.providerId, status: answer.status });
  }
  return { templates: wanted.length, submitted };
}

type LanguageRow = typeof templateLanguage.$inferSelect;

type Told = { providerId: string; status?: LanguageRow["status"] };

/** For the language as a whole, and at the sandbox's account. */
async function keep(
  db: Database,
  { row: { accountId }, content }: { row: ChannelRow; content: LanguageRow },
  change: Told,
): Promise<void> {
  const { templateId, language, workspaceId, status } = content;
  await db
    .update(templateLanguage)
    .set(change)
    .where(and(eq(templateLanguage.templateId, templateId), eq(templateLanguage.language, language)));
  await db
    .insert(templateAccount)
    .values({ templateId, language, workspaceId, accountId, status, quality: content.quality, ...change })
    .onConflictDoUpdate({
      target: [templateAccount.templateId, templateAccount.language, templateAccount.accountId],
      set: change,
    });
}

const Listing = z.object({ data: z.array(z.object({ id: z.string(), name: z.string(), language: z.string() })) });

/** The provider's id by name and language of every template the account holds, asked as Meta is asked. */
async function submittedBefore({ baseUrl, accountId, token }: Connection): Promise<Map<string, string>> {
  const answer = await fetch(
    `${baseUrl}/${graphVersion}/${accountId}/message_templates?fields=id,name,language&limit=1000`,
    {
      headers: { authorization: `Bearer ${token}` },
      signal: AbortSignal.timeout(15_000),
    },
  );
  if (!answer.ok) throw new Error(`The sandbox does not list its templates: ${answer.status}`);
  const { data } = Listing.parse(await answer.json());
  return new Map(data.map(({ id, name, language }) => [`${name} ${language}`, id]));
}

const Refusal = z.object({ error: z.object({ message: z.string() }) });

async function control(env: Env, verb: string, body: object): Promise<void> {
  const answer = await fetch(`http://127.0.0.1:${env.sandboxPort}/__sandbox/${verb}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(15_000),
  });
  if (answer.ok) return;
  const refusal = Refusal.safeParse(await answer.json().catch(() => null));
  throw new Error(`The sandbox refused ${verb}: ${refusal.success ? refusal.data.error.message : answer.status}`);
}
