import pg from "pg";
import { demoWorkspaceSlug as slug } from "#server/demo/demo-customers.ts";
import { busyRows } from "./busy-rows.ts";
import { postByKey, sendBatch, track } from "./call-door.ts";
import { untilDemo } from "./until-demo.ts";

type Addresses = { url: string; sandboxUrl: string; databaseUrl: string };

/** What the number may send: little enough that messages wait while a picture is taken. */
const perSecond = 40;

/**
 * A bank at work, for the pictures of Health: people, events, a provider that breaks off calls and signals that no step can work
 * with go through the doors; busyRows writes what an hour or a crash would have left. Only for a throw-away Chasqui.
 */
export class BusyDemo {
  readonly #to: Addresses;
  readonly #client: pg.Client;
  #people = 0;

  constructor(to: Addresses) {
    this.#to = to;
    this.#client = new pg.Client({ connectionString: to.databaseUrl });
  }

  async open(): Promise<void> {
    await this.#client.connect();
    await this.#publish("Transaction alert");
    for (const rows of ["forget", "sent", "waited", "deadLetters", "lostWorker", "people"] as const)
      await this.#client.query(busyRows[rows], rows === "lostWorker" ? [] : [slug]);
    await this.#client.query(busyRows.slowNumber, [slug, perSecond]);
    await this.#leaveDeadLetters();
  }

  /** Brings in what is over within a minute: backlog, and outcomes that nobody knows. */
  async refresh(): Promise<void> {
    if ((await this.#count("unknowns")) < 3) await this.#breakCalls();
    if ((await this.#count("queued")) > 240) return;
    const people = await this.#newPeople(480);
    await sendBatch(
      this.#to.url,
      people.map((person, index) => eventOf(person, index)),
    );
  }

  async #breakCalls(): Promise<void> {
    await this.#sandbox("calm", {});
    const [fraud = "", first = "", second = ""] = await this.#newPeople(3);
    for (const [template, mode] of Object.entries(broken))
      await this.#sandbox("faults", { match: { template }, mode, count: template === "kyc_reminder_1" ? 2 : 1 });
    const unlucky = [track(fraud, "fraud.suspected", suspected), track(first, "kyc.incomplete", missing)];
    await sendBatch(this.#to.url, [...unlucky, track(second, "kyc.incomplete", missing)]);
    await this.#until(async () => (await this.#count("unknowns")) >= 3);
  }

  close(): Promise<void> {
    return this.#client.end();
  }

  async #leaveDeadLetters(): Promise<void> {
    const before = await this.#count("letters");
    const people = await this.#newPeople(4);
    await sendBatch(
      this.#to.url,
      people.map((person) => track(person, "kyc.incomplete", missing)),
    );
    await this.#until(async () => (await this.#count("waiting", [people])) === people.length);
    await this.#client.query(busyRows.breakMemory, [slug, people]);
    await sendBatch(
      this.#to.url,
      people.map((person) => track(person, "kyc.completed", {})),
    );
    await this.#until(async () => (await this.#count("letters")) >= before + people.length);
  }

  /** Customers where it is midday now: no quiet hours hold their messages back. */
  async #newPeople(count: number): Promise<string[]> {
    const offset = new Date().getUTCHours() - 12;
    const timezone = offset === 0 ? "UTC" : `Etc/GMT${offset > 0 ? "+" : ""}${offset}`;
    const run = Date.now().toString(36);
    const ids = Array.from({ length: count }, (_, index) => `busy-${run}-${index}`);
    const identify = (userId: string) => {
      this.#people += 1;
      const phone = `+22177${firstNumber() + this.#people}`;
      const traits = { firstName: "Fatou", phone, locale: "fr", timezone, creditScore: 712 };
      return { type: "identify", userId, traits: { ...traits, whatsappConsent: ["service", "marketing"] } };
    };
    await sendBatch(this.#to.url, ids.map(identify));
    return ids;
  }

  async #publish(name: string): Promise<void> {
    const { rows } = await this.#client.query("select id from flow where name = $1 and status = 'draft' limit 1", [
      name,
    ]);
    const id: unknown = rows[0]?.id;
    if (id) await postByKey(this.#to.url, `/v1/flows/${id}/publish`, {});
  }

  #sandbox(verb: string, body: object): Promise<void> {
    return post(`${this.#to.sandboxUrl}/__sandbox/${verb}`, body);
  }

  async #count(what: "unknowns" | "letters" | "waiting" | "queued", given: unknown[] = []): Promise<number> {
    const { rows } = await this.#client.query<{ count: number }>(busyRows[what], [slug, ...given]);
    return rows[0]?.count ?? 0;
  }

  #until(isThere: () => Promise<boolean>): Promise<void> {
    return untilDemo(isThere, { whatFails: "The demo does not become busy" });
  }
}

/** Seven digits; another run's people have other numbers. */
const firstNumber = () => 1_000_000 + (Math.floor(Date.now() / 1000) % 4_000) * 2_000;

/** Calls that the provider breaks off: nobody knows what became of the message. */
const broken = { fraud_alert: "drop", kyc_reminder_1: "drop" };
const missing = { missing: ["proof of address"] };
const suspected = {
  transactionId: "T-77",
  amount: 18450,
  currency: "XOF",
  merchant: "Électro Dakar",
  cardLast4: "4417",
};
const offer = { creditScore: 720, offerId: "O-77", amount: 450000, currency: "XOF", expiresAt: "2027-12-31" };
const paid = { ...suspected, balance: 91000 };

const eventOf = (person: string, index: number) =>
  index % 8 === 0 ? track(person, "transaction.processed", paid) : track(person, "credit.scored", offer);

async function post(address: string, body: object): Promise<void> {
  const answer = await fetch(address, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${address} answered ${answer.status}: ${await answer.text()}`);
}
