import { defineFault, type FaultBench } from "../contract.ts";

const nested = (levels: number) => `${'{"a":'.repeat(levels)}1${"}".repeat(levels)}`;
const manyKeys = (count: number) => `{${Array.from({ length: count }, (_, at) => `"k${at}":1`).join(",")}}`;

/** Properties as JSON text, and the reason by which the event is refused; null: it is taken; a number: the whole call is. */
const poison: readonly [string, string, string | number | null][] = [
  ["a NUL", '{"a":"\\u0000"}', "invalid-text"],
  ["half a pair", '{"a":"\\ud800"}', "invalid-text"],
  ["bytes that are not UTF-8", '{"a":"\u00ff"}', "invalid-text"],
  ["33 levels", nested(32), "too-deep"],
  ["5,000 levels", nested(5_000), "too-deep"],
  ["100,000 levels", nested(100_000), "too-deep"],
  ["1e400", '{"a":1e400}', "unsafe-number"],
  ["1e131071", '{"a":1e131071}', "unsafe-number"],
  ["2^53 + 1", '{"a":9007199254740993}', "unsafe-number"],
  ["10,000 keys", manyKeys(10_000), "too-many-keys"],
  ["100,000 keys", manyKeys(100_000), 413],
  ["10 MB of text", `{"a":"${"x".repeat(10_000_000)}"}`, 413],
  ["__proto__", '{"__proto__":{"isAdmin":true}}', "forbidden-key"],
  ["a repeated key", '{"a":1,"a":2}', null],
];

/** Poison among good events: refused one by one and by name, their neighbours stored, and the door goes on. */
export const poisonEvents = defineFault({
  id: "F30",
  title: "events that JSON, Postgres or JavaScript cannot hold",
  inject: async (bench) => {
    for (const [index, each] of poison.entries()) await sendAmongOthers(bench, index, ...each);
    bench.note("poisons", poison.length);
  },
  expect: async ({ stack }) => {
    const stored = await stack.count("select count(*) as n from event where message_id like 'poison-%-good-%'");
    const wanted = 2 * poison.filter(([, , outcome]) => typeof outcome !== "number").length;
    return stored === wanted ? [] : [`of ${wanted} neighbours of poison ${stored} are stored`];
  },
});

async function sendAmongOthers(
  { stack, world }: FaultBench,
  index: number,
  name: string,
  properties: string,
  outcome: string | number | null,
): Promise<void> {
  const userId = world.people[0]?.externalId;
  const good = (id: string) =>
    JSON.stringify({ type: "track", userId, event: "nobody listens", messageId: `poison-${index}-good-${id}` });
  const bad = `{"type":"track","userId":"${userId}","event":"nobody listens","messageId":"poison-${index}","properties":${properties}}`;
  const response = await fetch(`${stack.doorUrl}/v1/batch`, {
    method: "POST",
    headers: { authorization: `Bearer ${world.writeKey}` },
    // Latin-1 makes the one byte above 127 of the table a byte that is not UTF-8.
    body: Buffer.from(`{"batch":[${good("1")},${bad},${good("2")}]}`, "latin1"),
  });
  const answer = (await response.json()) as { rejected?: { index: number; reason: string }[] };
  const refused = (answer.rejected ?? []).map((refusal) => `${refusal.index} ${refusal.reason}`).join();
  const isRight =
    typeof outcome === "number"
      ? response.status === outcome
      : response.status === 200 && refused === (outcome === null ? "" : `1 ${outcome}`);
  if (!isRight) throw new Error(`${name}: the door said ${response.status}, refused ${refused || "nothing"}.`);
}
