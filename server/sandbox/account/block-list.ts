import { z } from "zod";
import type { JsonObject } from "#flow/json.ts";
import { page } from "../graph/listing.ts";
import { errorTitle, GraphError } from "../graph-error.ts";
import type { User } from "../record.ts";
import type { Sandbox } from "../sandbox.ts";
import { parse } from "./read-parameters.ts";

const dayMs = 24 * 3_600_000;
const mostBlocked = 64_000;

const Request = z.looseObject({
  messaging_product: z.literal("whatsapp"),
  block_users: z.array(z.looseObject({ user: z.string().min(1) })).min(1),
});

type Failure = { code: number; details: string };
type Asked = { input: string; user: User | null };

/** GET /P/block_users */
export const listBlocked = (sandbox: Sandbox, url: URL): object =>
  page(
    [...sandbox.world.account.blocked].map((waId) => ({ messaging_product: "whatsapp", wa_id: waId })),
    url,
  );

/** POST /P/block_users: only people who wrote in the last 24 hours. Who cannot be blocked is named; the others are blocked. */
export async function blockUsers(sandbox: Sandbox, parameters: JsonObject): Promise<object> {
  const asked = readUsers(sandbox, parameters);
  const { blocked } = sandbox.world.account;
  if (blocked.size + asked.length > mostBlocked)
    throw new GraphError(139_101, `The block list holds at most ${mostBlocked} people.`);
  const since = sandbox.clock.now() - dayMs;
  return answer(sandbox, asked, "added_users", ({ user }) => {
    if (!user) return { code: 131_009, details: "This is not a phone number." };
    if (blocked.has(user.waId) || (user.lastInboundAt ?? 0) > since) return null;
    return { code: 131_047, details: "Only people who have written in the last 24 hours can be blocked." };
  });
}

/** DELETE /P/block_users */
export async function unblockUsers(sandbox: Sandbox, parameters: JsonObject): Promise<object> {
  const asked = readUsers(sandbox, parameters);
  return answer(sandbox, asked, "removed_users", ({ user }) =>
    user ? null : { code: 131_009, details: "This is not a phone number." },
  );
}

function readUsers(sandbox: Sandbox, parameters: JsonObject): Asked[] {
  return parse(Request, parameters).block_users.map(({ user: input }) => {
    const known = sandbox.world.usersByBsuid.get(input);
    const digits = input.replace(/[+\-() ]/g, "");
    return { input, user: known ?? (/^[1-9]\d{6,14}$/.test(digits) ? sandbox.world.userOf(digits) : null) };
  });
}

async function answer(
  sandbox: Sandbox,
  asked: Asked[],
  list: "added_users" | "removed_users",
  refuse: (one: Asked) => Failure | null,
): Promise<object> {
  const done: Asked[] = [];
  const failed: JsonObject[] = [];
  for (const one of asked) {
    const failure = refuse(one);
    if (!failure) done.push(one);
    else
      failed.push({
        ...named(one),
        errors: [{ message: errorTitle(failure.code), code: failure.code, error_data: { details: failure.details } }],
      });
  }
  const waIds = done.flatMap(({ user }) => (user ? [user.waId] : []));
  if (waIds.length > 0) await sandbox.commit({ k: list === "added_users" ? "blocked" : "unblocked", waIds });
  const body = {
    messaging_product: "whatsapp",
    block_users: { [list]: done.map(named), ...(failed.length === 0 ? {} : { failed_users: failed }) },
  };
  if (failed.length === 0) return body;
  // Meta answers what was done beside what was not.
  throw new GraphError(139_100, "Some of the people could not be changed; block_users.failed_users says why.", {
    beside: body,
  });
}

const named = ({ input, user }: Asked): JsonObject => ({ input, ...(user ? { wa_id: user.waId } : {}) });
