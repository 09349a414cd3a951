import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Channel, Connection, Outgoing, RefusalClass, SendResult } from "./channel.ts";
import { describeCalls, describeKinds } from "./channel-calls.contract.ts";
import type { ChannelCalls } from "./channel-calls.ts";
import type { OutgoingMessage } from "./outgoing-message.ts";
import type { OutgoingTemplate } from "./outgoing-template.ts";

/** What can be made to happen to the next send, whatever the provider. */
export type Provocation =
  | { refusal: RefusalClass }
  | { lost: "connection" | "answer" | "page" | "id" | "gateway" | "error" };

/** One provider under test, running and reachable, with one approved template. */
export type ContractSubject = {
  channel: Channel;
  connection: Connection;
  /** A person who can be reached; nobody has written to the business yet. */
  phone: string;
  /** A template with one body variable, one quick reply at 0 and one link at 1, approved. */
  template: OutgoingTemplate;
  provoke: (provocation: Provocation) => Promise<void>;
  /** The refusal classes the provider has. */
  refusals: RefusalClass[];
  /** A webhook call as the provider makes it, about the message with this id and ref. */
  statusCall: (wamid: string, ref: string) => { rawBody: Buffer; headers: Record<string, string> };
  /** A person writes to us; answers the message's id and, for a file, the provider's id of it. */
  receive: (from: string, node: { type: string } & Record<string, unknown>) => Promise<string>;
  /** A webhook call as the provider makes it, with these facts, one of which nobody can read. */
  mixedCall: () => Buffer;
  /** Kinds of messages that the provider under test does not take. */
  untaken?: OutgoingMessage["kind"][];
  /** Calls that it does not answer. */
  unanswered?: (keyof ChannelCalls)[];
  /** Ids of everything the provider has taken, with our ref. */
  taken: () => Promise<{ wamid: string; ref: string | null }[]>;
  close: () => Promise<void>;
};

const patience = () => AbortSignal.timeout(5_000);

/** The suite every adapter passes: what the engine may rely on, whoever the provider is. */
export function describeChannel(name: string, start: () => Promise<ContractSubject>): void {
  describe(`${name} keeps the channel's contract`, () => {
    let subject: ContractSubject;
    beforeAll(async () => {
      subject = await start();
    });
    afterAll(() => subject.close());
    const send = (outgoing: Partial<Outgoing> = {}, signal = patience()): Promise<SendResult> =>
      subject.channel.send(
        subject.connection,
        { ref: "ref", to: { phone: subject.phone }, message: subject.template, ...outgoing },
        signal,
      );

    describeSending(() => subject, send);
    describeUnknowns(() => subject, send);
    describeSignatures(() => subject);
    describeHandshake(() => subject);
    describeParsing(() => subject);
    describeTemplates(() => subject);
    describeKinds(() => subject);
    describeCalls(() => subject);
  });
}

type Send = (outgoing?: Partial<Outgoing>, signal?: AbortSignal) => Promise<SendResult>;

function describeSending(subject: () => ContractSubject, send: Send): void {
  test("a template that is taken has an id and travels with our reference", async () => {
    const result = await send({ ref: "first-send" });
    expect(result).toMatchObject({ outcome: "accepted", wamid: expect.any(String) });
    const taken = await subject().taken();
    expect(taken).toContainEqual({ wamid: result.outcome === "accepted" ? result.wamid : "", ref: "first-send" });
  });

  test.each(["transient", "throttle", "cap", "consent", "window", "recipient", "template", "account", "bug"] as const)(
    "a refusal of the class %s is told as such",
    async (refusal) => {
      if (!subject().refusals.includes(refusal)) return;
      await subject().provoke({ refusal });
      expect(await send()).toMatchObject({ outcome: "refused", class: refusal, code: expect.any(Number) });
    },
  );

  test("a wrong token is the account's fault, not the message's", async () => {
    const { channel, connection, phone, template } = subject();
    const outgoing = { ref: "r", to: { phone }, message: template };
    expect(await channel.send({ ...connection, token: "wrong" }, outgoing, patience())).toMatchObject({
      outcome: "refused",
      class: "account",
    });
  });

  test("a call that may not begin any more is not made, and the next one is", async () => {
    const late = await send({ ref: "too-late", mayBegin: () => false });
    expect(late).toMatchObject({ outcome: "refused", class: "transient" });
    expect(await send({ ref: "in-time", mayBegin: () => true })).toMatchObject({ outcome: "accepted" });
    const refs = (await subject().taken()).map((message) => message.ref);
    expect(refs).toContain("in-time");
    expect(refs).not.toContain("too-late");
  });

  test("a provider that cannot be reached has certainly not taken the message", async () => {
    const { channel, connection, phone, template } = subject();
    const outgoing = { ref: "r", to: { phone }, message: template };
    for (const baseUrl of ["http://127.0.0.1:1", "http://nowhere.invalid"]) {
      const result = await channel.send({ ...connection, baseUrl }, outgoing, patience());
      expect(result).toMatchObject({ outcome: "refused", class: "transient" });
    }
  });
}

function describeUnknowns(subject: () => ContractSubject, send: Send): void {
  test.each([
    ["the connection breaks before the answer", "connection"],
    ["the answer is a page of HTML", "page"],
    ["the answer has no message id", "id"],
    ["a gateway answers for a failing server", "gateway"],
    ["the server fails after it took the message, in the provider's own words", "error"],
  ] as const)("nobody knows what became of a message when %s", async (_, lost) => {
    await subject().provoke({ lost });
    expect(await send({ ref: `lost-${lost}` })).toMatchObject({ outcome: "unknown" });
    expect((await subject().taken()).map((message) => message.ref)).toContain(`lost-${lost}`);
  });

  test("nobody knows what became of a message when patience ends before the answer", async () => {
    await subject().provoke({ lost: "answer" });
    expect(await send({ ref: "lost-answer" }, AbortSignal.timeout(300))).toMatchObject({ outcome: "unknown" });
    expect((await subject().taken()).map((message) => message.ref)).toContain("lost-answer");
  });
}

function describeSignatures(subject: () => ContractSubject): void {
  const call = () => subject().statusCall("wamid.X", "ref");
  const signatureOf = (headers: Record<string, string>) => Object.entries(headers)[0] ?? ["", ""];

  test("what the provider signed is genuine", () => {
    const { rawBody, headers } = call();
    expect(subject().channel.isGenuine(subject().connection, rawBody, headers)).toBe(true);
  });

  test.each<[string, (value: string) => string | undefined]>([
    ["missing", () => undefined],
    ["empty", () => ""],
    ["of other bytes", (value) => value.replace(/.$/, (last) => (last === "0" ? "1" : "0"))],
    ["truncated", (value) => value.slice(0, -1)],
    ["longer", (value) => `${value}0`],
    ["made with SHA-1", (value) => value.replace("sha256=", "sha1=")],
    ["without its algorithm", (value) => value.replace("sha256=", "")],
    ["in upper case", (value) => value.toUpperCase()],
  ])("a signature that is %s is not", (_, change) => {
    const { rawBody, headers } = call();
    const [name, value] = signatureOf(headers);
    expect(subject().channel.isGenuine(subject().connection, rawBody, { [name]: change(value) })).toBe(false);
  });

  test("bytes that were parsed and written again are not what was signed", () => {
    const { rawBody, headers } = call();
    const again = Buffer.from(JSON.stringify(JSON.parse(rawBody.toString("utf8"))));
    expect(subject().channel.isGenuine(subject().connection, again, headers)).toBe(false);
  });

  test("another secret signs nothing for us", () => {
    const { rawBody, headers } = call();
    expect(subject().channel.isGenuine({ ...subject().connection, appSecret: "other" }, rawBody, headers)).toBe(false);
  });
}

function describeHandshake(subject: () => ContractSubject): void {
  test("the handshake answers the challenge to our verify token only", () => {
    const { channel, connection } = subject();
    const query = (token: string) =>
      new URLSearchParams({ "hub.mode": "subscribe", "hub.challenge": "12345", "hub.verify_token": token });
    expect(channel.answerHandshake(connection, query(connection.verifyToken))).toBe("12345");
    expect(channel.answerHandshake(connection, query("wrong"))).toBeNull();
    expect(channel.answerHandshake(connection, new URLSearchParams())).toBeNull();
  });
}

function describeParsing(subject: () => ContractSubject): void {
  test("a status tells the message's id and our reference, the same each time it is read", () => {
    const { rawBody } = subject().statusCall("wamid.X", "ref-1");
    const first = subject().channel.parse(rawBody);
    expect(first.events).toContainEqual(expect.objectContaining({ kind: "status", wamid: "wamid.X", ref: "ref-1" }));
    expect(subject().channel.parse(rawBody)).toEqual(first);
  });

  test("one fact that cannot be read costs none of its neighbours", () => {
    const { events, rejected } = subject().channel.parse(subject().mixedCall());
    expect(events.map(({ kind }) => kind).sort()).toEqual([
      "inbound",
      "limits",
      "new-ids",
      "other",
      "preference",
      "status",
      "template",
    ]);
    expect(rejected).toHaveLength(1);
  });

  test.each([
    "",
    "null",
    "[]",
    "{}",
    "not json",
    '{"entry":{}}',
    '{"entry":[null]}',
    '{"entry":[{"changes":[1,{"field":3}]}]}',
  ])("bytes that make no sense are no events: %s", (text) => {
    const { events, rejected } = subject().channel.parse(Buffer.from(text));
    expect(events).toEqual([]);
    expect(rejected.length).toBeGreaterThan(0);
  });
}

function describeTemplates(subject: () => ContractSubject): void {
  const submit = (name: string, body: string) =>
    subject().channel.submitTemplate(subject().connection, {
      name,
      category: "utility",
      samples: { first_name: "Zoé" },
      linkBase: "https://example.com/r/",
      content: {
        language: "fr",
        header: { kind: "document", fileName: "releve.pdf" },
        body,
        footer: "Votre banque",
        buttons: [
          { kind: "quick-reply", id: "help", text: "Aide" },
          { kind: "link", id: "open", text: "Ouvrir" },
        ],
      },
    });

  test("a template is taken in with an id and a status in our words", async () => {
    const result = await submit("contract_statement", "Bonjour {{first_name}}, votre relevé est prêt.");
    expect(result).toMatchObject({ outcome: "accepted", providerId: expect.stringMatching(/^\d+$/) });
    expect(["submitted", "approved"]).toContain(result.outcome === "accepted" ? result.status : "");
  });

  test("the same name and language a second time is refused with the provider's words", async () => {
    await submit("contract_twice", "Bonjour {{first_name}}, votre relevé est prêt.");
    const again = await submit("contract_twice", "Bonjour {{first_name}}, votre relevé est prêt.");
    expect(again).toMatchObject({ outcome: "refused", code: 100, detail: expect.stringMatching(/already/) });
  });

  test("a body that ends with a variable is refused", async () => {
    expect(await submit("contract_ends", "Votre relevé est prêt, bonjour {{first_name}}")).toMatchObject({
      outcome: "refused",
    });
  });
}
