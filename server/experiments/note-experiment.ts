import { z } from "zod";
import type { Actor } from "#server/trpc.ts";
import { lockExperiment } from "./find-experiment.ts";
import { logExperiment } from "./log-experiment.ts";

export const NoteExperiment = z.strictObject({ experimentId: z.uuid(), text: z.string().trim().min(1).max(300) });

/** A line in the experiment's log for whoever reads its numbers later: "payday", "the app was away in the morning". */
export async function noteExperiment(
  actor: Actor,
  { experimentId, text }: z.infer<typeof NoteExperiment>,
): Promise<void> {
  const { workspaceId, userId } = actor.session;
  await actor.db.transaction(async (tx) => {
    await lockExperiment(tx, workspaceId, experimentId);
    const at = actor.clock.now();
    await logExperiment(tx, { workspaceId, experimentId, at, actor: userId, kind: "note", detail: { text } });
  });
}
