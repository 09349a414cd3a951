import { createHmac } from "node:crypto";
import type { FormLanguage, FormText } from "#db/schema/index.ts";
import { inTransaction } from "#server/engine/query.ts";
import { newId } from "#server/id.ts";
import { randomCode } from "#server/secret.ts";
import type { Door } from "../door.ts";
import type { FoundForm } from "./find-form.ts";

/** What somebody gave on a form. `wordings`: the words beside what they ticked. */
export type GivenSignUp = {
  phone: string;
  language: FormLanguage;
  wordings: FormText["wordings"];
  address: string;
  userAgent: string;
};

/** Published limits (docs/limits.md). */
const mostPerAddress = 20;
const mostPerPhone = 5;
const hourMs = 3_600_000;
const validMs = 7 * 24 * hourMs;

/** No letters or digits that are taken for each other: people may type it. */
const codeAlphabet = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
const codeLength = 8;

/** Both look back a day at most and stop counting at the limit. */
const countLately = `
select (select count(*) from (select 1 from opt_in_sign_up where ip_hash = $1 and created_at > $2 limit ${mostPerAddress}) a)::integer as address,
  (select count(*) from (select 1 from opt_in_sign_up where workspace_id = $3 and phone = $4 and created_at > $5 limit ${mostPerPhone}) p)::integer as phone`;

const insertSignUp = `
with counted as (update opt_in_form set sign_ups = sign_ups + 1 where id = $3)
insert into opt_in_sign_up (id, workspace_id, form_id, confirm_code, phone, language, wordings, ip_hash, user_agent, created_at, expires_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`;

/**
 * Keeps a sign-up until its owner confirms it, and answers the code to write. It is no consent yet, and nothing is sent to the number.
 * Null when too many came from this address within an hour, or for this number within a day.
 */
export function keepSignUp(door: Door, { form }: FoundForm, given: GivenSignUp): Promise<{ code: string } | null> {
  const now = door.clock.now();
  const { workspaceId } = form;
  const ipHash = createHmac("sha256", door.env.secret).update(`opt-in ${workspaceId} ${given.address}`).digest("hex");
  const code = randomCode(codeLength, codeAlphabet);
  return inTransaction(door.pool, async (client) => {
    const before = (hours: number) => new Date(now.getTime() - hours * hourMs);
    const lately = [ipHash, before(1), workspaceId, given.phone, before(24)];
    const { rows } = await client.query<{ address: number; phone: number }>(countLately, lately);
    const { address = 0, phone = 0 } = rows[0] ?? {};
    if (address >= mostPerAddress || phone >= mostPerPhone) return null;
    await client.query(insertSignUp, [
      newId(),
      workspaceId,
      form.id,
      code,
      given.phone,
      given.language,
      JSON.stringify(given.wordings),
      ipHash,
      given.userAgent,
      now,
      new Date(now.getTime() + validMs),
    ]);
    return { code };
  });
}
