import { createHmac } from "node:crypto";
import { Agent, request } from "undici";
import { sandboxIdentity } from "#server/sandbox/identity.ts";
import { quantile } from "../../measure/statistics.ts";
import type { Random } from "../random.ts";
import { type FaultStack, faultSecret } from "../stack/fault-stack.ts";
import type { World } from "./build-world.ts";

/** One status as Meta tells it. `at` is milliseconds since 1970. */
export type ToldStatus = {
  wamid: string;
  ref?: string | undefined;
  status: "sent" | "delivered" | "read" | "failed";
  at: number;
};

/** The body of a call about the bank's number, as Meta writes it. */
export function hookBody(statuses: readonly ToldStatus[]): string {
  const { phoneNumberId, accountId, displayPhone } = sandboxIdentity(faultSecret);
  const value = {
    messaging_product: "whatsapp",
    metadata: { display_phone_number: displayPhone, phone_number_id: phoneNumberId },
    statuses: statuses.map(({ wamid, ref, status, at }) => ({
      id: wamid,
      status,
      timestamp: String(Math.floor(at / 1000)),
      recipient_id: "0",
      ...(ref === undefined ? {} : { biz_opaque_callback_data: ref }),
      ...(status === "failed" ? { errors: [{ code: 131_026, title: "Message undeliverable" }] } : {}),
    })),
  };
  return JSON.stringify({
    object: "whatsapp_business_account",
    entry: [{ id: accountId, changes: [{ field: "messages", value }] }],
  });
}

export type HookAnswers = { accepted: number; refused: number; p50Ms: number; p99Ms: number };

/** Brings signed calls to the door itself, so many at once, whatever the sandbox does. A call without an answer counts as refused. */
export async function deliverHooks(
  stack: FaultStack,
  world: World,
  { bodies, atOnce }: { bodies: readonly (string | Buffer)[]; atOnce: number },
): Promise<HookAnswers> {
  const url = `${stack.doorUrl}/hooks/meta/${world.channelId}/${world.hookToken}`;
  const { appSecret } = sandboxIdentity(faultSecret);
  const dispatcher = new Agent({ connections: atOnce, pipelining: 1 });
  const left = [...bodies].toReversed();
  const times: number[] = [];
  const answers = { accepted: 0, refused: 0 };
  const one = async () => {
    for (let body = left.pop(); body !== undefined; body = left.pop()) {
      const signature = `sha256=${createHmac("sha256", appSecret).update(body).digest("hex")}`;
      const headers = { "content-type": "application/json", "x-hub-signature-256": signature };
      const begun = performance.now();
      const isTaken = await request(url, { method: "POST", body, headers, dispatcher }).then(
        async (answer) => {
          await answer.body.dump();
          return answer.statusCode === 200;
        },
        () => false,
      );
      times.push(performance.now() - begun);
      answers[isTaken ? "accepted" : "refused"] += 1;
    }
  };
  await Promise.all(Array.from({ length: atOnce }, one));
  await dispatcher.destroy();
  const at = (share: number) => Math.round(quantile(times, share));
  return { ...answers, p50Ms: at(0.5), p99Ms: at(0.99) };
}

/** What the provider has accepted and we know as sent, as (our id, its id): `least` of them at least. */
export async function sentMessages(stack: FaultStack, world: World, least = 40) {
  const read = () =>
    stack.query<{ id: string; wamid: string }>(
      `select id, wamid from message
       where workspace_id = $1 and direction = 'outbound' and wamid is not null order by id`,
      [world.workspaceId],
    );
  await stack.until(`${least} messages are sent`, async () => (await read()).length >= least, 60_000);
  return read();
}

/** All calls that the door has taken are applied. */
export const untilApplied = (stack: FaultStack) =>
  stack.until(
    "all calls of the provider are applied",
    async () => (await stack.count("select count(*) as n from raw_webhook where processed_at is null")) === 0,
    60_000,
  );

/** All items in an order of chance. */
export const shuffled = <Item>(random: Random, items: readonly Item[]): Item[] =>
  items
    .map((item) => ({ item, place: random.next() }))
    .toSorted((a, b) => a.place - b.place)
    .map(({ item }) => item);
