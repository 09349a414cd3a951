import { and, desc, eq } from "drizzle-orm";
import { z } from "zod";
import { templateVersion, user } from "#db/schema/index.ts";
import type { Actor } from "#server/trpc.ts";
import { findTemplate } from "./find-template.ts";

export const ListVersions = z.strictObject({ templateId: z.uuid() });

/** Every text of a template that WhatsApp was given, newest first, with who gave it. */
export async function listVersions({ db, session }: Actor, { templateId }: z.infer<typeof ListVersions>) {
  await findTemplate(db, { workspaceId: session.workspaceId, templateId });
  return db
    .select({
      id: templateVersion.id,
      language: templateVersion.language,
      number: templateVersion.number,
      content: templateVersion.content,
      hash: templateVersion.hash,
      submittedBy: user.name,
      submittedAt: templateVersion.submittedAt,
      approvedAt: templateVersion.approvedAt,
    })
    .from(templateVersion)
    .leftJoin(user, eq(user.id, templateVersion.submittedBy))
    .where(and(eq(templateVersion.workspaceId, session.workspaceId), eq(templateVersion.templateId, templateId)))
    .orderBy(templateVersion.language, desc(templateVersion.number));
}
