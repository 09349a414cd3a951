import { and, eq } from "drizzle-orm";
import { z } from "zod";
import { message } from "#db/schema/index.ts";
import { DomainError } from "../errors.ts";
import type { Actor } from "../trpc.ts";
import { type MessageRow, readMessage } from "./read-messages.ts";

const dayMs = 86_400_000;

/** As long as events are kept. */
const longestDays = 400;
const usualDays = 7;

/** The fields of a question that say when; left out, the last seven days. `days` counts back from `to` where there is no `from`. */
export const Span = {
  from: z.date().optional(),
  to: z.date().optional(),
  days: z.number().int().min(1).max(longestDays).default(usualDays),
};

/** What is looked at: a time, or the one enrollment that led to a message. `loose`: the message itself when no flow sent it. */
export type Period = { from: Date; to: Date; only: string | null; loose: MessageRow[] };

type Question = { contactId: string; messageId?: string; from?: Date; to?: Date; days?: number };

/** Reads the period out of a question. A message says it better than times do, so with one they do not count. */
export async function readPeriod(
  actor: Actor,
  { contactId, messageId, from, to, days = usualDays }: Question,
): Promise<Period> {
  const now = actor.clock.now();
  if (messageId === undefined) {
    // The product's clock may stand in the middle of a second in which an event came.
    const end = to ?? new Date(now.getTime() + 1_000);
    const start = from ?? new Date(end.getTime() - days * dayMs);
    if (end.getTime() - start.getTime() > longestDays * dayMs || start >= end)
      throw new DomainError("bad-input", `Ask for 1 to ${longestDays} days: from before to.`);
    return { from: start, to: end, only: null, loose: [] };
  }
  const row = await readMessage(actor, and(eq(message.id, messageId), eq(message.contactId, contactId)));
  if (!row) throw new DomainError("not-found", "This person has no such message.");
  const span = { from: row.createdAt, to: new Date(row.createdAt.getTime() + 1) };
  return row.enrollmentId === null
    ? { ...span, only: "", loose: [row] }
    : { ...span, only: row.enrollmentId, loose: [] };
}
