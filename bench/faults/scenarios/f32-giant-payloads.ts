import { defineFault, type FaultBench } from "../contract.ts";

const kilobyte = 1024;

/** One byte, one event too many: refused as too large before it costs anything, the edge itself taken. */
export const giantPayloads = defineFault({
  id: "F32",
  title: "256 kB and a byte, 32 kB and a byte, a batch of 501, a batch of 1 MB and a byte",
  inject: async (bench) => {
    const userId = bench.world.people[0]?.externalId;
    const small = { type: "track", userId, event: "nobody listens" };
    const event = (text: string) => ({ userId, event: "nobody listens", properties: { text } });
    const batch = (size: number) => ({ batch: Array.from({ length: size }, () => small) });
    const padded = (padding: string) => ({ batch: [small], padding });
    await expectStatus(bench, "events", sized(256 * kilobyte, event), 201);
    await expectStatus(bench, "events", sized(256 * kilobyte + 1, event), 413);
    await expectStatus(bench, "track", sized(32 * kilobyte, event), 200);
    await expectStatus(bench, "track", sized(32 * kilobyte + 1, event), 413);
    await expectStatus(bench, "batch", JSON.stringify(batch(500)), 200);
    await expectStatus(bench, "batch", JSON.stringify(batch(501)), 413);
    await expectStatus(bench, "batch", sized(1024 * kilobyte, padded), 200);
    await expectStatus(bench, "batch", sized(1024 * kilobyte + 1, padded), 413);
    await expectStatus(bench, "batch", `{"batch":[],"padding":"${"x".repeat(100 * kilobyte * kilobyte)}"}`, 413);
  },
});

/** A body of exactly so many bytes. */
function sized(bytes: number, body: (text: string) => object): string {
  return JSON.stringify(body("x".repeat(bytes - Buffer.byteLength(JSON.stringify(body(""))))));
}

async function expectStatus({ stack, world }: FaultBench, call: string, body: string, wanted: number): Promise<void> {
  const status = await fetch(`${stack.doorUrl}/v1/${call}`, {
    method: "POST",
    headers: { authorization: `Bearer ${world.writeKey}` },
    body,
  }).then(
    (response) => response.status,
    // A refusal may end the connection while the rest of the body is still being sent.
    () => 413,
  );
  if (status !== wanted)
    throw new Error(`${body.length} bytes to ${call}: the door said ${status} instead of ${wanted}.`);
}
