import { sampleHookToken } from "#server/engine/sample-world.ts";
import { type BenchStack, stopChild, until } from "./bench-stack.ts";
import { buildWorld, queueEvents } from "./bench-world.ts";
import { print, printTable, report } from "./print.ts";
import { allMessages } from "./sandbox-ledger.ts";

const kills = 3;

/**
 * kill -9 of the worker in the middle of its work, three times. Afterwards: as many enrollments as events, no message twice at
 * the provider, none sent there that we do not know of, and every unknown outcome cleared up. Exits non-zero otherwise.
 */
export async function killWorkers(stack: BenchStack, events: number): Promise<Record<string, unknown>> {
  await stack.startDoor();
  const { world, contacts } = await buildWorld(stack, events);
  await stack.control("schedule", { sent_ms: 200, delivered_ms: null, read_ms: null });
  await stack.control("webhook", { url: `${stack.doorUrl}/hooks/meta/${world.channelId}/${sampleHookToken}` });
  await queueEvents(stack, world, contacts);
  const count = async (text: string) => (await stack.database.pool.query<{ n: number }>(text)).rows[0]?.n ?? 0;
  for (let kill = 1; kill <= kills; kill += 1) {
    const worker = stack.start("server/engine/main.ts");
    const goal = (events * kill) / (kills + 1);
    await until(async () => (await stack.messagesAtSandbox()) >= goal, 120_000, 10);
    await stopChild(worker, "SIGKILL");
    report(`kill ${kill} at ${await stack.messagesAtSandbox()} of ${events} messages`);
  }
  const last = stack.start("server/engine/main.ts");
  // A dead worker's leases are over after 30 s; then the statuses tell what became of its calls.
  await until(async () => (await count("select count(*)::integer as n from signal_queue")) === 0, 120_000, 200);
  const open = "select count(*)::integer as n from outbox";
  await until(async () => (await count(open)) === 0, 240_000, 500);
  await until(
    async () => (await count("select count(*)::integer as n from raw_webhook where processed_at is null")) === 0,
    120_000,
    500,
  );
  await stopChild(last, "SIGTERM");
  const figures = await judge(stack, events, count);
  printTable([
    ["events accepted", figures.events],
    ["enrollments", figures.enrollments],
    ["messages at the sandbox", figures.atProvider],
    ["of them distinct by our id", figures.atProvider - figures.twice],
    ["at the sandbox, and we do not know it", figures.strangers],
    ["sent as far as we know, and not at the sandbox", figures.phantoms],
    ["still unknown", figures.unknown],
  ]);
  print(figures.holds ? "Nothing lost, nothing doubled." : "NOT WHOLE: see above.");
  if (!figures.holds) process.exitCode = 1;
  return figures;
}

async function judge(stack: BenchStack, events: number, count: (text: string) => Promise<number>) {
  const refs = (await allMessages(stack)).map((message) => message.biz_opaque_callback_data ?? "");
  const known = await stack.database.pool.query<{ id: string }>(
    "select id from message where direction = 'outbound' and wamid is not null",
  );
  const taken = new Set(known.rows.map((row) => row.id));
  const figures = {
    kind: "kill -9",
    events,
    kills,
    enrollments: await count("select count(*)::integer as n from enrollment"),
    atProvider: refs.length,
    twice: refs.length - new Set(refs).size,
    /** At the provider, and we do not know that it took them. */
    strangers: refs.filter((ref) => !taken.has(ref)).length,
    /** Taken by the provider as far as we know, and not there. */
    phantoms: [...taken].filter((id) => !refs.includes(id)).length,
    statuses: await statuses(stack, refs),
    unknown: await count("select count(*)::integer as n from message where status = 'unknown'"),
  };
  const isWhole = figures.enrollments === events && figures.atProvider + figures.unknown === events;
  return { ...figures, holds: isWhole && figures.twice + figures.strangers + figures.phantoms === 0 };
}

/** How many messages stand where, beside whether the provider has them. */
async function statuses(stack: BenchStack, refs: readonly string[]): Promise<Record<string, number>> {
  const { rows } = await stack.database.pool.query<{ label: string; n: number }>(
    `select concat_ws(' ', m.status, m.reason, m.error_code, case when m.id = any($1::uuid[]) then 'at provider' else 'not there' end) as label,
            count(*)::integer as n
     from message m where m.direction = 'outbound' group by 1`,
    [refs],
  );
  return Object.fromEntries(rows.map(({ label, n }) => [label, n]));
}
