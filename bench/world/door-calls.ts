import { setTimeout as delay } from "node:timers/promises";
import { Agent, request } from "undici";
import type { JsonObject } from "#flow/json.ts";
import type { Act } from "#server/demo/world/act.ts";
import type { Stage } from "./stage.ts";

const lanes = 4;
const eventsPerCall = 250;
const phone =
  "Mozilla/5.0 (Linux; Android 15; SM-A556E) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Mobile Safari/537.36";

/** Something that a system of the bank tells of somebody. */
export type Told = { userId: string; act: Extract<Act, { kind: "identify" | "track" }> };

/** The bank's systems and the customers' browsers, at the door. */
export class DoorCalls {
  readonly #stage: Stage;
  readonly #agent = new Agent({ connections: 2 * lanes });
  told = 0;

  constructor(stage: Stage) {
    this.#stage = stage;
  }

  /** Tells it in batches, several at once; what is about one person stays in its order. Throws when the door refuses any of it. */
  async tell(all: readonly Told[]): Promise<void> {
    const byLane = Array.from({ length: lanes }, (): Told[] => []);
    for (const one of all) byLane[laneOf(one.userId)]?.push(one);
    await Promise.all(
      byLane.map(async (lane) => {
        for (let from = 0; from < lane.length; from += eventsPerCall)
          await this.#post(lane.slice(from, from + eventsPerCall));
      }),
    );
  }

  async #post(some: readonly Told[]): Promise<void> {
    const body = JSON.stringify({ sentAt: this.#stage.clock.now().toISOString(), batch: some.map(callOf) });
    for (;;) {
      const {
        statusCode,
        headers,
        body: answered,
      } = await request(`${this.#stage.doorUrl}/v1/batch`, {
        method: "POST",
        headers: { authorization: `Bearer ${this.#stage.env.demoWriteKey}`, "content-type": "application/json" },
        body,
        dispatcher: this.#agent,
      });
      const answer = await answered.text();
      // A workspace has its pace: whoever is told to wait comes again.
      if (statusCode === 429 || statusCode === 503) await delay(Number(headers["retry-after"] ?? 1) * 1000);
      else if (statusCode === 200 && answer.includes('"rejected":[]')) break;
      else throw new Error(`The door answered ${statusCode}: ${answer.slice(0, 400)}`);
    }
    this.told += some.length;
  }

  /** Follows a link as a phone's browser does; what is behind it is not the world's. */
  async open(url: string): Promise<void> {
    const { pathname } = new URL(url);
    const { statusCode, body } = await request(`${this.#stage.doorUrl}${pathname}`, {
      headers: { "user-agent": phone },
      dispatcher: this.#agent,
    });
    await body.dump();
    if (statusCode !== 302) throw new Error(`A link of a message answered ${statusCode}.`);
  }

  close(): Promise<void> {
    return this.#agent.destroy();
  }
}

const laneOf = (userId: string): number => Number(userId.slice(-2)) % lanes;

/** Under the same message id each time: what was taken already is not taken twice. */
function callOf({ userId, act }: Told): JsonObject {
  const timestamp = new Date(act.at).toISOString();
  const about = {
    userId,
    timestamp,
    messageId: `${userId}:${act.at}:${act.kind === "track" ? act.event : "identify"}`,
  };
  return act.kind === "identify"
    ? { ...about, type: "identify", traits: act.traits }
    : { ...about, type: "track", event: act.event, properties: act.properties };
}
