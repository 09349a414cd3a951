import { mkdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import type { PoolClient } from "pg";
import { newId } from "#server/id.ts";
import type { Door } from "../door.ts";
import type { Arrival } from "../ingest/arrival.ts";
import { storeArrivalsWithin } from "../ingest/store-arrivals.ts";
import type { FoundLink } from "../links/find-link.ts";
import type { GivenFile } from "./read-file.ts";

const claimSql = "update link set used_at = $2 where code = $1 and used_at is null and expires_at > $2";
const insertSql = `
insert into upload (id, workspace_id, contact_id, code, file_name, mime, bytes, created_at) values ($1, $2, $3, $4, $5, $6, $7, $8)`;

/**
 * Keeps a document and tells the flows, all or nothing: the link is used up, the row and the event `document.uploaded` are
 * there together. False when somebody used the link in the meantime; then no file remains.
 */
export async function keepDocument(door: Door, { link }: FoundLink, file: GivenFile): Promise<boolean> {
  const id = newId();
  const place = path.join(door.env.home, "uploads", link.workspaceId, id);
  await mkdir(path.dirname(place), { recursive: true, mode: 0o700 });
  await writeFile(place, file.bytes, { mode: 0o600, flag: "wx", flush: true });
  const client = await door.pool.connect().catch(async (error: unknown) => {
    await rm(place, { force: true });
    throw error;
  });
  let isCommitting = false;
  try {
    await client.query("begin");
    const isKept = await recordDocument(client, link, file, { id, now: door.clock.now() });
    isCommitting = true;
    await client.query("commit");
    client.release();
    if (!isKept) await rm(place, { force: true });
    return isKept;
  } catch (error) {
    client.release(error instanceof Error ? error : true);
    // A commit that was not answered may have happened: then the row needs its file, and a file without a row does no harm.
    if (!isCommitting) await rm(place, { force: true });
    throw error;
  }
}

type Document = { id: string; now: Date };

async function recordDocument(
  client: PoolClient,
  link: FoundLink["link"],
  file: GivenFile,
  { id, now }: Document,
): Promise<boolean> {
  const claimed = await client.query(claimSql, [link.code, now]);
  if (claimed.rowCount !== 1) return false;
  const { fileName, mime, bytes } = file;
  await client.query(insertSql, [id, link.workspaceId, link.contactId, link.code, fileName, mime, bytes.length, now]);
  await storeArrivalsWithin(client, [eventOf(link, file, { id, now })]);
  return true;
}

function eventOf(link: FoundLink["link"], file: GivenFile, { id, now }: Document): Arrival {
  return {
    workspaceId: link.workspaceId,
    eventId: newId(),
    messageId: `document.uploaded:${id}`,
    type: "system",
    name: "document.uploaded",
    properties: {
      documentId: id,
      link: link.slot,
      fileType: file.mime,
      ...(file.documentType ? { documentType: file.documentType } : {}),
    },
    person: { contactId: link.contactId },
    receivedAt: now.getTime(),
    occurredAt: now.getTime(),
    originalTimestamp: null,
    sentAt: null,
    isSignal: true,
    profile: null,
  };
}
