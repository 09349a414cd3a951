import { z } from "zod";
import type { Actor } from "../trpc.ts";
import { contactId, phoneOf } from "./phone-owner.ts";
import { readFile, readForm, readTraffic } from "./sandbox-control.ts";

export const ListTrafficInput = z.strictObject({ contactIds: z.array(contactId).max(12) });

export const ReadFileInput = z.strictObject({ id: z.string().regex(/^\d{1,30}$/) });

export const ReadFormInput = z.strictObject({ contactId, wamid: z.string().min(1).max(300) });

/** The form a message opens, as Flow JSON; null when the account has none of this name. */
export async function readMessageForm(actor: Actor, { contactId: id, wamid }: z.output<typeof ReadFormInput>) {
  await phoneOf(actor, id);
  return readForm(actor.env, wamid);
}

/** A file that somebody has sent, for the phone that shows it. */
export const readChatFile = (actor: Actor, { id }: z.output<typeof ReadFileInput>) => readFile(actor.env, id);

/** What WhatsApp's API got about these people and what it told our webhook, newest first, each with its JSON. */
export async function listTraffic(actor: Actor, { contactIds }: z.output<typeof ListTrafficInput>) {
  const rows = await Promise.all(
    contactIds.map(async (id) =>
      (await readTraffic(actor.env, await phoneOf(actor, id))).map((row) => ({
        n: row.n,
        contactId: id,
        kind: row.kind,
        at: new Date(row.at),
        wamid: row.wamid,
        title: row.title,
        httpStatus: row.http_status ?? null,
        request: JSON.stringify(row.request, null, 2),
        answer: row.answer === undefined ? null : JSON.stringify(row.answer, null, 2),
      })),
    ),
  );
  return rows.flat().sort((left, right) => right.n - left.n);
}
