import { eq } from "drizzle-orm";
import type { Database } from "#db/client.ts";
import { workspace } from "#db/schema/index.ts";
import { starters } from "#flow/starters/index.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import type { Clock } from "#server/clock.ts";
import { withBanksWords } from "#server/demo/world/templates.ts";
import { rebuildTallies } from "#server/engine/rollup/rebuild-tallies.ts";
import type { Env } from "#server/env.ts";
import { seedApprovals } from "./seed-approvals.ts";
import { seedContacts } from "./seed-contacts.ts";
import { seedFlows } from "./seed-flows.ts";
import { seedHistory } from "./seed-history.ts";
import { seedIsolation } from "./seed-isolation.ts";
import { seedNotifications } from "./seed-notifications.ts";
import { seedSegments } from "./seed-segments.ts";
import { seedTemplates } from "./seed-templates.ts";
import { demoWorkspaceId, seedDemoWorkspace, seedIsolationWorkspace } from "./seed-workspace.ts";
import { seedWorld } from "./world/seed-world.ts";

/**
 * Makes the demo in one transaction: two workspaces, people, keys, channel, templates, flows, customers and four weeks of
 * history. Answers false, and changes nothing, when the demo workspace is there already.
 */
export async function seedDemo(db: Database, env: Env, clock: Clock): Promise<boolean> {
  return db.transaction(async (tx) => {
    const [there] = await tx.select({ id: workspace.id }).from(workspace).where(eq(workspace.id, demoWorkspaceId));
    if (there) return false;
    const now = clock.now();
    const seed = await seedDemoWorkspace(tx, env, now);
    const templates = [
      ...new Map(starters.flatMap((starter) => starter.templates).map((one) => [one.name, one])).values(),
    ].map((one) => (env.hasDemoWorld ? withBanksWords(one) : one));
    await seedTemplates(seed, templates);
    const flows = await seedFlows(seed);
    await seedApprovals(seed, starters);
    await seedNotifications(seed);
    const people = await seedContacts(seed);
    await seedSegments(seed);
    await seedHistory(seed, { people, flows, templates });
    if (env.hasDemoWorld) await seedWorld(seed, { flows, templates });
    await rebuildTallies(tx);
    await recordAudit(
      tx,
      { clock, actor: "system", workspaceId: seed.workspaceId },
      {
        action: "make-demo",
        subject: "workspace",
        subjectId: seed.workspaceId,
        detail: { flows: starters.length, contacts: people.length },
      },
    );
    await seedIsolation(await seedIsolationWorkspace(tx, env, now));
    return true;
  });
}
