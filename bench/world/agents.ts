import { fixedRandom } from "#db/seed/fixed-id.ts";
import type { Bank } from "./found-bank.ts";
import type { Stage } from "./stage.ts";

const minuteMs = 60_000;
/** The bank's zone, Bogotá: it knows no summer time. */
const utcOffsetHours = -5;
const outcomes = ["Answered", "Called back", "Documents explained", "Corrected"] as const;

/** The bank's agents: from 8 to 20 o'clock they take whoever waits, each after a while, and close the conversation. Answers how many. */
export async function answerPeople(stage: Stage, bank: Bank): Promise<number> {
  const now = stage.clock.now();
  const hour = new Date(now.getTime() + utcOffsetHours * 3_600_000).getUTCHours();
  if (hour < 8 || hour >= 20) return 0;
  const waiting = await stage.query<{ id: string; created_at: Date }>(
    `select id, created_at from hand_off where workspace_id = $1 and status in ('open', 'claimed') order by created_at`,
    [bank.workspaceId],
  );
  const due = waiting.filter(({ id, created_at }) => created_at.getTime() + waitMs(id) <= now.getTime());
  for (const { id } of due) {
    await bank.as.agent.handOffs.claim({ handOffId: id });
    const outcome = outcomes[Math.floor(fixedRandom(`outcome:${id}`)() * outcomes.length)] ?? "Answered";
    await bank.as.agent.handOffs.resolve({ handOffId: id, outcome });
  }
  return due.length;
}

/** Between 20 minutes and five hours. */
const waitMs = (id: string): number => (20 + fixedRandom(`wait:${id}`)() * 280) * minuteMs;
