import pino from "pino";
import type { TestDatabase } from "#db/test-database.ts";
import type { JsonObject } from "#flow/json.ts";
import type { Clock } from "#server/clock.ts";
import { SampleWorld } from "./sample-world.ts";
import { SignalHost } from "./signals/signal-host.ts";

type HostOptions = Partial<ConstructorParameters<typeof SignalHost>[0]>;

/**
 * A bank whose time stands still until a test moves it, and the host that applies what is due, in the test's own process: for what
 * becomes of signals, without workers, door or provider.
 */
export class TestHost {
  readonly world: SampleWorld;
  readonly host: SignalHost;
  readonly clock: Clock = { now: () => this.now };
  now = new Date("2026-11-22T10:00:00Z");

  readonly #database: TestDatabase;

  private constructor(database: TestDatabase, options: HostOptions) {
    this.#database = database;
    this.world = new SampleWorld(database);
    this.host = this.hostWith(options);
  }

  static async open(database: TestDatabase, options: HostOptions = {}): Promise<TestHost> {
    const rig = new TestHost(database, options);
    await rig.world.build();
    return rig;
  }

  /** Another worker's host in the same bank. */
  hostWith(options: HostOptions): SignalHost {
    return new SignalHost({ pool: this.#database.pool, clock: this.clock, log: pino({ level: "silent" }), ...options });
  }

  later(milliseconds: number): void {
    this.now = new Date(this.now.getTime() + milliseconds);
  }

  /** Applies whatever is due until nothing is. `also` does something beside it each time and answers how much it did. */
  async settle(also: () => Promise<number> = async () => 0): Promise<void> {
    const { host } = this;
    for (let works = 1; works > 0; ) {
      const applied = [
        await host.applyMoves(),
        await host.applyQueued(),
        await host.applyReleased(),
        await host.applyDue(),
        await host.stopArchived(),
      ];
      works = applied.reduce((sum, each) => sum + each.works, 0) + (await also());
    }
  }

  /** New people to whom the event comes, with all that follows from it. */
  async enter(event: string, count = 1, properties: JsonObject = {}): Promise<string[]> {
    const people = await this.world.addContacts(count);
    for (const person of people) await this.world.sendEvent(person, event, properties);
    await this.settle();
    return people;
  }
}
