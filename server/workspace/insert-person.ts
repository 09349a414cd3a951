import { hashPassword } from "better-auth/crypto";
import { eq } from "drizzle-orm";
import type { Transaction } from "#db/client.ts";
import { account, member, user } from "#db/schema/index.ts";
import type { Role } from "../auth/permissions.ts";
import { DomainError } from "../errors.ts";
import { newId } from "../id.ts";

type Person = {
  workspaceId: string;
  name: string;
  email: string;
  role: Role;
  language: "en" | "fr";
  password: string;
  at: Date;
};

/** Makes somebody who signs in with a password, as a member of the workspace. Refuses an e-mail address that is known already. */
export async function insertPerson(tx: Transaction, person: Person): Promise<string> {
  const { workspaceId, name, email, role, language, at } = person;
  if ((await tx.$count(user, eq(user.email, email))) > 0)
    throw new DomainError("conflict", `${email} has an account already; name another e-mail address.`);
  const password = await hashPassword(person.password);
  const id = newId();
  const moments = { createdAt: at, updatedAt: at };
  await tx.insert(user).values({ id, name, email, emailVerified: true, language, ...moments });
  await tx
    .insert(account)
    .values({ id: newId(), userId: id, accountId: id, providerId: "credential", password, ...moments });
  await tx.insert(member).values({ id: newId(), workspaceId, userId: id, role, createdAt: at });
  return id;
}
