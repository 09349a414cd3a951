import { z } from "zod";
import type { Connection, NumberLimits } from "../channel.ts";
import { callGraph } from "./graph.ts";
import { peoplePerDayOf } from "./messaging-tier.ts";

const NumberFields = z.looseObject({
  throughput: z.looseObject({ level: z.string() }).optional(),
  whatsapp_business_manager_messaging_limit: z.string().optional(),
});

const Account = z.looseObject({ owner_business_info: z.looseObject({ id: z.string().min(1) }).optional() });

/** Messages a second by the level of a number; a number whose level is not known keeps what is set. */
const perSecond: Record<string, number> = { STANDARD: 80, HIGH: 1000 };

/** What Meta says a number may do now. Null: no answer, or none that can be read. */
export async function readLimits(connection: Connection, signal: AbortSignal): Promise<NumberLimits | null> {
  const fields = "throughput,whatsapp_business_manager_messaging_limit";
  const number = await read(connection, {
    path: `${connection.phoneNumberId}?fields=${fields}`,
    schema: NumberFields,
    signal,
  });
  if (!number) return null;
  const messagesPerSecond = perSecond[number.throughput?.level ?? ""] ?? null;
  const people = peoplePerDayOf(number.whatsapp_business_manager_messaging_limit);
  if (people === undefined) return { messagesPerSecond, portfolio: null };
  const account = await read(connection, {
    path: `${connection.accountId}?fields=owner_business_info`,
    schema: Account,
    signal,
  });
  // The limit holds for the portfolio; an account that does not tell its own counts for itself.
  const id = account?.owner_business_info?.id ?? connection.accountId;
  return { messagesPerSecond, portfolio: { id, peoplePerDay: people } };
}

async function read<T>(
  connection: Connection,
  { path, schema, signal }: { path: string; schema: z.ZodType<T>; signal: AbortSignal },
): Promise<T | null> {
  const answer = await callGraph(connection, { path, method: "GET", signal });
  const parsed = answer.kind === "ok" ? schema.safeParse(answer.body) : null;
  return parsed?.success ? parsed.data : null;
}
