import { z } from "zod";
import type { Actor } from "#server/trpc.ts";
import { lockFlow } from "./find-flow.ts";
import { findVersion } from "./get-version.ts";
import { assertMayDraw, writeDraft } from "./save-draft.ts";

export const RestoreVersion = z.strictObject({
  flowId: z.uuid(),
  /** The version that becomes the draft again. */
  number: z.number().int().min(1),
  /** The revision of the draft that it takes the place of. */
  revision: z.number().int().min(1),
});

/**
 * Makes the graph of an earlier version the draft again; nothing goes live by it, as going back needs approval like any other change.
 * Audited, and whoever does it is an author of the draft. A conflict, as in saving, when the draft is not the one that was looked at.
 */
export async function restoreVersion(actor: Actor, { flowId, number, revision }: z.infer<typeof RestoreVersion>) {
  const { workspaceId } = actor.session;
  const next = await actor.db.transaction(async (tx) => {
    const stored = await lockFlow(tx, workspaceId, flowId);
    await assertMayDraw(tx, stored, revision);
    const { graph } = await findVersion(tx, { workspaceId, flowId, number });
    return writeDraft(tx, actor, { stored, graph, act: { action: "restore-version", detail: { number } } });
  });
  return { revision: next };
}
