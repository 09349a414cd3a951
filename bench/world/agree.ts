import { z } from "zod";
import type { Done } from "./play.ts";
import { tallies } from "./recovered.ts";
import type { Stage } from "./stage.ts";

export type Agreement = { what: string; atTheDoors: number; inTheBank: number };

const Page = z.object({
  data: z.array(z.looseObject({ status: z.string() })),
  paging: z.looseObject({ cursors: z.object({ after: z.string() }).optional() }),
});

/** What was done at the doors, and what the provider's ledger holds, beside the bank's rows: each pair must be equal. */
export async function compareCounts(
  stage: Stage,
  workspaceId: string,
  { done, ledger }: { done: Done; ledger: ReadonlyMap<string, number> },
): Promise<Agreement[]> {
  const count = async (what: Exclude<keyof typeof tallies, "statusOf">) =>
    (await stage.query<{ n: number }>(tallies[what], [workspaceId]))[0]?.n ?? 0;
  const statuses = new Map(
    (await stage.query<{ status: string; n: number }>(tallies.statusOf, [workspaceId])).map(({ status, n }) => [
      status,
      n,
    ]),
  );
  return [
    { what: "Facts of the bank's systems", atTheDoors: done.events, inTheBank: await count("events") },
    { what: "Messages out", atTheDoors: done.sent, inTheBank: await count("sent") },
    { what: "Written and tapped", atTheDoors: done.said + done.taps, inTheBank: await count("received") },
    { what: "Links followed", atTheDoors: done.opened, inTheBank: await count("opened") },
    { what: "People answered", atTheDoors: done.resolved, inTheBank: await count("resolved") },
    ...["sent", "delivered", "read", "failed"].map((status) => ({
      what: `Messages that are ${status}`,
      atTheDoors: ledger.get(status) ?? 0,
      inTheBank: statuses.get(status) ?? 0,
    })),
  ];
}

/** How many messages have which status by the provider's ledger. */
export async function readLedger(stage: Stage): Promise<ReadonlyMap<string, number>> {
  const counts = new Map<string, number>();
  for (let after: string | undefined; ; ) {
    const query = new URLSearchParams({
      direction: "outbound",
      limit: "5000",
      ...(after === undefined ? {} : { after }),
    });
    const { data, paging } = Page.parse(await stage.control.call("GET", `messages?${query}`));
    for (const { status } of data) counts.set(status, (counts.get(status) ?? 0) + 1);
    after = paging.cursors?.after;
    if (data.length < 5_000) return counts;
  }
}
