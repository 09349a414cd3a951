import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { aSandbox } from "../sandbox.fixture.ts";

const phone = "221770000900";
let box: Awaited<ReturnType<typeof aSandbox>>;
beforeAll(async () => {
  box = await aSandbox();
});
afterAll(() => box.remove());

const Chat = z.looseObject({
  user: z.looseObject({ wa_id: z.string(), has_blocked: z.boolean() }),
  data: z.array(
    z.looseObject({ wamid: z.string(), type: z.string(), status: z.string(), media: z.array(z.unknown()) }),
  ),
});
const chatOf = async (waId: string) => Chat.parse(await box.control.call("GET", `chat?with=${waId}`));
const idle = async () => {
  for (let tries = 0; tries < 100; tries++) {
    const health = z.looseObject({ idle: z.boolean() }).parse(await box.control.call("GET", "health"));
    if (health.idle) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
};

test("A chat shows the files its messages name, and their bytes can be read", async () => {
  const base64 = Buffer.from("%PDF-1.7 statement").toString("base64");
  await box.control.call("POST", "inbound", {
    from: phone,
    type: "document",
    document: { base64, filename: "statement.pdf", mime_type: "application/pdf" },
  });
  const { data } = await chatOf(phone);
  const media = z.object({ id: z.string(), bytes: z.number() }).parse(data.at(-1)?.media[0]);
  expect(media.bytes).toBe(18);
  const file = await fetch(`${box.url}/__sandbox/media/${media.id}`);
  expect(await file.text()).toBe("%PDF-1.7 statement");
  expect((await fetch(`${box.url}/__sandbox/media/999`)).status).toBe(404);
});

test("Whoever has blocked the business gets nothing, and nobody is told", async () => {
  await box.control.call("POST", "block", { wa_id: phone, value: true });
  await box.send({ to: phone, type: "text", text: { body: "Are you there?" } });
  await idle();
  const blocked = await chatOf(phone);
  expect(blocked.user.has_blocked).toBe(true);
  expect(blocked.data.at(-1)?.status).toBe("sent");
  await box.control.call("POST", "block", { wa_id: phone, value: false });
  await box.send({ to: phone, type: "text", text: { body: "Welcome back" } });
  await idle();
  expect((await chatOf(phone)).data.map(({ status }) => status).slice(-2)).toEqual(["sent", "read"]);
});

test("A person who changes the number takes the chat along, and the old number is gone", async () => {
  const before = await chatOf(phone);
  await box.control.call("POST", "change-number", { wa_id: phone, to: "221770000901" });
  const after = await chatOf(phone);
  expect(after.user.wa_id).toBe("221770000901");
  expect(after.data).toHaveLength(before.data.length + 1);
  expect(after.data.at(-1)?.type).toBe("system");
  await expect(box.control.call("POST", "change-number", { wa_id: phone, to: "221770000902" })).rejects.toThrow(
    "given up",
  );
  await box.send({ to: phone, type: "text", text: { body: "Old number" } });
  await idle();
  expect((await chatOf(phone)).data.at(-1)?.status).toBe("failed");
});

test("What the API got and what the subscriber was told is kept with its JSON, by person", async () => {
  await box.control.say("221770000903", "Hello");
  await box.send({ to: "221770000903", type: "text", text: { body: "For the ledger" } });
  await idle();
  const Page = z.object({
    data: z.array(z.looseObject({ kind: z.string(), title: z.string(), http_status: z.number().optional() })),
  });
  const { data } = Page.parse(await box.control.call("GET", "traffic?with=221770000903"));
  expect(data.map(({ kind, title }) => `${kind} ${title}`)).toEqual([
    "webhook text",
    "call text",
    "webhook sent",
    "webhook delivered",
    "webhook read",
  ]);
  expect(data[1]).toMatchObject({ http_status: 200, request: { text: { body: "For the ledger" } } });
});

test("A message that opens no form takes no answers", async () => {
  await box.send({ to: "221770000903", type: "text", text: { body: "No form" } });
  const wamid = (await chatOf("221770000903")).data.at(-1)?.wamid;
  await expect(box.control.call("POST", "form", { wamid, answers: {} })).rejects.toThrow("opens no form");
});

test("A reset takes back blocks and moves to another number, and keeps the people", async () => {
  const [blocker, mover] = ["221770000905", "221770000906"];
  for (const person of [blocker, mover]) await box.control.say(person, "Hello");
  await box.control.call("POST", "block", { wa_id: blocker, value: true });
  await box.control.call("POST", "change-number", { wa_id: mover, to: "221770000907" });
  await box.control.reset(false);
  expect((await chatOf(blocker)).user.has_blocked).toBe(false);
  expect((await chatOf(mover)).user.wa_id).toBe(mover);
});
