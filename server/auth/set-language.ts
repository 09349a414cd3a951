import { eq } from "drizzle-orm";
import { z } from "zod";
import { user } from "#db/schema/index.ts";
import type { Actor } from "#server/trpc.ts";
import { Language } from "./languages.ts";

export const SetLanguage = z.strictObject({ language: Language });

/** One's own choice of interface language. A taste and no decision: it leaves no audit row. */
export async function setLanguage(actor: Actor, input: z.infer<typeof SetLanguage>): Promise<void> {
  await actor.db
    .update(user)
    .set({ language: input.language, updatedAt: actor.clock.now() })
    .where(eq(user.id, actor.session.userId));
}
