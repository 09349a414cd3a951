import { z } from "zod";
import type { JsonObject } from "#flow/json.ts";
import { GraphError } from "../graph-error.ts";
import type { Sandbox } from "../sandbox.ts";
import { parse } from "./read-parameters.ts";

/** GET /P/username */
export function getUsername(sandbox: Sandbox): object {
  const { username } = sandbox.world.account;
  return username ? { username: username.name, status: username.status } : {};
}

/**
 * POST /P/username: 3 to 35 of a-z, 0-9, period and underscore, with a letter, without `www` at the start, a domain at the end, or
 * periods at an end or in a row. 147001 for a form that is not allowed, 147002 for one that is taken (`taken...` here).
 */
export async function setUsername(sandbox: Sandbox, parameters: JsonObject): Promise<object> {
  const { username: name } = parse(z.looseObject({ username: z.string() }), parameters);
  const isForm =
    /^(?=.*[a-z])[a-z0-9._]{3,35}$/.test(name) && !/^www|^\.|\.$|\.\.|\.(com|net|org|io|in|html)$/.test(name);
  if (!isForm) throw new GraphError(147_001, `"${name}" is not a username that may be used.`);
  if (name.startsWith("taken")) throw new GraphError(147_002, `"${name}" is not available.`);
  await sandbox.commit({ k: "username", username: { name, status: "approved" } });
  return { status: "approved" };
}

/** DELETE /P/username */
export async function removeUsername(sandbox: Sandbox): Promise<object> {
  await sandbox.commit({ k: "username", username: null });
  return { success: true };
}

/** DELETE /P/contact_book: the number forgets that it knows a person's phone. */
export function removeFromContactBook(sandbox: Sandbox, parameters: JsonObject): object {
  const { bsuid } = parse(
    z.looseObject({ messaging_product: z.literal("whatsapp"), bsuid: z.string().min(1) }),
    parameters,
  );
  if (!sandbox.world.usersByBsuid.has(bsuid)) throw new GraphError(100, `There is nobody with the id ${bsuid}.`);
  return { success: true };
}
