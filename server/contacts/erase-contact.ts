import { rm } from "node:fs/promises";
import path from "node:path";
import { and, eq, sql } from "drizzle-orm";
import { z } from "zod";
import type { Transaction } from "#db/client.ts";
import { consent, contact, upload } from "#db/schema/index.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import { awaitCalls } from "#server/engine/await-calls.ts";
import { endPaths, lockPerson } from "#server/engine/erase-ways.ts";
import { DomainError } from "#server/errors.ts";
import type { Actor } from "#server/trpc.ts";

export const EraseContactInput = z.strictObject({ contactId: z.uuid() });

/** How much there was of the person. */
export type Erased = { messages: number; events: number; documents: number };

/**
 * Erases a person for good (GDPR art. 17). From the first moment nothing more leaves to them; what is on its way at the provider is
 * waited for, five seconds at most. Then profile, consents, events, documents and the words of every message go, and their ways
 * through flows end. Who was sent what, by which step and at what cost stays counted, without a name: the rows keep an id that belongs
 * to nobody.
 */
export async function eraseContact(actor: Actor, { contactId }: z.infer<typeof EraseContactInput>): Promise<Erased> {
  const { db, session, clock, env } = actor;
  const { workspaceId } = session;
  const own = and(eq(contact.id, contactId), eq(contact.workspaceId, workspaceId));
  const silenced = await db
    .update(contact)
    .set({ suppressedAt: clock.now(), suppressedReason: "blocked", updatedAt: clock.now() })
    .where(own)
    .returning({ id: contact.id });
  if (silenced.length === 0) throw new DomainError("not-found", "This person is not in your workspace.");
  await awaitCalls(db, { workspaceId, contactId });
  const { erased, documents } = await db.transaction(async (tx) => {
    await lockPerson(tx, contactId);
    await dropOpenMessages(tx, contactId);
    const [row] = await tx
      .select({ phone: contact.phone, externalId: contact.externalId, email: contact.email })
      .from(contact)
      .where(own)
      .for("update");
    if (!row) throw new DomainError("not-found", "This person has been erased already.");
    // What an engine that had the person in hand has queued meanwhile.
    await dropOpenMessages(tx, contactId);
    await endWays(tx, contactId, clock.now());
    const gone = { ...(await eraseRecords(tx, contactId)), documents: await eraseDocuments(tx, contactId) };
    await tx.execute(
      sql`delete from opt_in_sign_up where workspace_id = ${workspaceId} and (contact_id = ${contactId} or phone = ${row.phone})`,
    );
    await eraseImported(tx, { workspaceId, contactId, ...row });
    await tx.delete(consent).where(eq(consent.contactId, contactId));
    await tx.delete(contact).where(own);
    const counts = { messages: gone.messages, events: gone.events, documents: gone.documents.length };
    await recordAudit(tx, actor, {
      action: "erase-contact",
      subject: "contact",
      subjectId: contactId,
      detail: counts,
    });
    return { erased: counts, documents: gone.documents };
  });
  // After the commit: a file without a row does no harm, a row without its file does.
  for (const id of documents) await rm(path.join(env.home, "uploads", workspaceId, id), { force: true });
  return erased;
}

/** Messages before their outbox rows, as everybody locks them. What may have left already is unknown from now on. */
async function dropOpenMessages(tx: Transaction, contactId: string): Promise<void> {
  await tx.execute(sql`
    with open as materialized (
      select id from message where contact_id = ${contactId} and status in ('queued', 'sending', 'unknown') order by id for update
    ), dropped as (
      delete from outbox where message_id in (select id from open) returning message_id
    )
    update message m
    set status = case when m.status = 'queued' and m.reason is distinct from 'resent' then 'skipped' else 'unknown' end,
        reason = case when m.status = 'queued' and m.reason is distinct from 'resent' then 'contact-erased' else 'unknown-outcome' end
    from open where m.id = open.id and (select count(*) from dropped) >= 0`);
}

/** Enrollments end where they stand and forget what they knew; nothing that waits for the person is left. */
async function endWays(tx: Transaction, contactId: string, now: Date): Promise<void> {
  await endPaths(tx, contactId, now);
  await tx.execute(sql`
    delete from webhook_call where enrollment_id in (select id from enrollment where contact_id = ${contactId})`);
  await tx.execute(sql`
    delete from held_signal where enrollment_id in (select id from enrollment where contact_id = ${contactId})`);
  await tx.execute(sql`
    delete from turn where enrollment_id in (select id from enrollment where contact_id = ${contactId})`);
  await tx.execute(sql`
    update enrollment
    set state = '{}', key = '', node_id = null, wake_at = null, status = 'ended',
        ended_at = coalesce(ended_at, ${now.toISOString()}::timestamptz), end_reason = coalesce(end_reason, 'contact-erased')
    where contact_id = ${contactId}`);
  await tx.execute(sql`
    update hand_off set note = '', outcome = case when status in ('open', 'claimed') then 'erasure' else outcome end,
           resolved_at = coalesce(resolved_at, ${now.toISOString()}::timestamptz),
           status = case when status in ('open', 'claimed') then 'closed' else status end
    where contact_id = ${contactId}`);
  await tx.execute(sql`
    delete from signal_queue q using contact c where c.id = ${contactId} and q.shard = c.shard and q.contact_id = c.id`);
  await tx.execute(sql`delete from dead_letter where contact_id = ${contactId}`);
}

/** The words of messages and the provider's ids, in which the number stands; events whole. */
async function eraseRecords(tx: Transaction, contactId: string): Promise<Pick<Erased, "messages" | "events">> {
  await tx.execute(sql`
    delete from link where message_id in (select id from message where contact_id = ${contactId})`);
  await tx.execute(sql`delete from opt_in_link where contact_id = ${contactId}`);
  await tx.execute(sql`delete from segment_member where contact_id = ${contactId}`);
  const messages = await tx.execute(sql`
    update message set content = null, checks = null, wamid = null, error_detail = null where contact_id = ${contactId}`);
  const events = await tx.execute(sql`delete from event where contact_id = ${contactId}`);
  return { messages: messages.rowCount ?? 0, events: events.rowCount ?? 0 };
}

type Named = {
  workspaceId: string;
  contactId: string;
  phone: string | null;
  externalId: string | null;
  email: string | null;
};

/**
 * The rows of imported files: those the person was taken in by, and those that were refused and name them. An import's counts stay.
 * What has not been taken yet is a new word about the person, and brings somebody new.
 */
async function eraseImported(tx: Transaction, { workspaceId, contactId, phone, ...said }: Named): Promise<void> {
  await tx.execute(sql`
    delete from contact_import_row r using contact_import i
    where i.workspace_id = ${workspaceId} and r.import_id = i.id and r.contact_id = ${contactId}`);
  const names = JSON.stringify([said.externalId, said.email].filter((name) => name !== null));
  const digits = phone?.replace(/\D/g, "") ?? null;
  await tx.execute(sql`
    delete from contact_import_row r using contact_import i
    where i.workspace_id = ${workspaceId} and r.import_id = i.id and r.state = 'refused' and exists (
      select 1 from jsonb_array_elements_text(r.cells) cell
      where cell in (select json_array_elements_text(${names}::json)) or regexp_replace(cell, '\\D', '', 'g') = ${digits})`);
}

/** Answers the ids of the files to be removed. */
async function eraseDocuments(tx: Transaction, contactId: string): Promise<string[]> {
  const rows = await tx.delete(upload).where(eq(upload.contactId, contactId)).returning({ id: upload.id });
  return rows.map(({ id }) => id);
}
