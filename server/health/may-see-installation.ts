import { asc, eq } from "drizzle-orm";
import { workspace } from "#db/schema/index.ts";
import type { Actor } from "#server/trpc.ts";

/**
 * Workers and the database belong to the installation, and their figures tell of every tenant's traffic. So only the operator's
 * workspace sees them: the one that CHASQUI_OPERATOR_WORKSPACE names, else the first that was made.
 */
export async function maySeeInstallation({ db, env, session }: Actor): Promise<boolean> {
  const { operatorWorkspace } = env;
  const [operator] = await db
    .select({ id: workspace.id })
    .from(workspace)
    .where(operatorWorkspace === null ? undefined : eq(workspace.slug, operatorWorkspace))
    .orderBy(asc(workspace.createdAt), asc(workspace.id))
    .limit(1);
  return operator?.id === session.workspaceId;
}
