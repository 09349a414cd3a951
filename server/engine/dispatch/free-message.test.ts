import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import * as tables from "#db/schema/index.ts";
import type { FreeContent } from "#flow/free-message.ts";
import { TestRig } from "../test-rig.ts";
import { patience } from "./test-scene.ts";

let rig: TestRig;
beforeAll(async () => {
  rig = await TestRig.open();
  await rig.subscribe();
  rig.startWorker();
});
afterAll(() => rig.close());

const english: FreeContent = {
  language: "en",
  header: null,
  body: "Hello {{first_name}}",
  footer: null,
  buttons: [],
  list: null,
};
const values = {
  first_name: { from: "path", path: "contact.firstName" },
  image: { from: "text", text: "https://bank.test/a.png" },
  document: { from: "text", text: "/media/abc/a.pdf" },
  audio: { from: "text", text: "https://bank.test/a.mp3" },
  "link.go": { from: "link", kind: "tracked", target: "https://bank.test/app", validHours: 24 },
};
const says = (contents: FreeContent[]) => ({ id: "say", type: "free-message", data: { contents, values } });
const answers = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    kind: "quick-reply" as const,
    id: `a${index}`,
    text: `Answer ${index}`,
  }));
const rows = [{ id: "block", title: "Block it", description: "At once" }];

const outbound = (contactId: string) =>
  rig.database.db
    .select()
    .from(tables.message)
    .where(eq(tables.message.contactId, contactId))
    .then((all) => all.filter(({ direction }) => direction === "outbound"));

let count = 0;
/** A person whose window is open, as far as we and the provider know. */
async function writer(): Promise<{ id: string; waId: string }> {
  count += 1;
  const waId = `1415777${String(1000 + count)}`;
  const [id = ""] = await rig.world.addContacts(1, { phone: `+${waId}` });
  await rig.control("inbound", { from: waId, text: "Hi" });
  await vi.waitFor(async () => {
    const [contact] = await rig.database.db.select().from(tables.contact).where(eq(tables.contact.id, id));
    expect(contact?.lastInboundAt).not.toBeNull();
  }, patience);
  return { id, waId };
}

test.each<[string, FreeContent, object]>([
  ["text", english, { type: "text", body: "Hello Ana" }],
  ["image", { ...english, header: { kind: "image" } }, { type: "image", body: "Hello Ana" }],
  ["audio", { ...english, header: { kind: "audio" }, body: "" }, { type: "audio" }],
  ["document", { ...english, header: { kind: "document", fileName: "a.pdf" } }, { type: "document" }],
  ["buttons", { ...english, buttons: answers(3) }, { type: "interactive", body: "Hello Ana" }],
  [
    "link",
    { ...english, buttons: [{ kind: "link", id: "go", text: "Open" }], footer: "Safe" },
    { type: "interactive" },
  ],
  [
    "list",
    { ...english, header: { kind: "text", text: "Help" }, list: { label: "Choose", sections: [{ title: "", rows }] } },
    { type: "interactive" },
  ],
])("%s leaves within the window, as the provider takes it", async (kind, content, taken) => {
  const name = `asked.${kind}`;
  await rig.world.publish(name, [says([content])], [["start", "next", "say"]]);
  const { id } = await writer();
  await rig.world.sendEvent(id, name);
  await vi.waitFor(async () => {
    const [message] = await outbound(id);
    expect(message).toMatchObject({ type: kind, template: null, language: "en" });
    expect(["sent", "delivered", "read"]).toContain(message?.status);
  }, patience);
  const [message] = await outbound(id);
  // An answer to what they have just written is no message that we began.
  expect(message).toMatchObject({ capDay: null, reason: null });
  expect(rig.accepted.find(({ ref }) => ref === message?.id)).toMatchObject(taken);
});

test("a row that is picked leads on by its own way", async () => {
  const list = { label: "Choose", sections: [{ title: "", rows }] };
  const agent = { id: "agent", type: "hand-off", data: { queue: "Cards", priority: "urgent", note: "" } };
  await rig.world.publish(
    "help",
    [says([{ ...english, list }]), agent],
    [
      ["start", "next", "say"],
      ["say", "button:block", "agent"],
    ],
  );
  const { id, waId } = await writer();
  await rig.world.sendEvent(id, "help");
  await vi.waitFor(async () => expect((await outbound(id))[0]?.wamid).toBeTruthy(), patience);
  const [message] = await outbound(id);
  expect(message?.content?.list?.sections).toEqual([{ title: null, rows }]);
  await rig.control("inbound", {
    from: waId,
    type: "interactive",
    interactive: { type: "list_reply", list_reply: { id: "block", title: "Block it" } },
    context: { id: message?.wamid },
  });
  await vi.waitFor(async () => {
    const found = await rig.database.db.select().from(tables.handOff).where(eq(tables.handOff.contactId, id));
    expect(found).toMatchObject([{ queue: "Cards" }]);
  }, patience);
});

test("outside the window it stays, says why, and the person leaves by blocked", async () => {
  const agent = { id: "agent", type: "hand-off", data: { queue: "Cards", priority: "normal", note: "" } };
  await rig.world.publish(
    "late",
    [says([english]), agent],
    [
      ["start", "next", "say"],
      ["say", "blocked", "agent"],
    ],
  );
  const [id = ""] = await rig.world.addContacts(1, { phone: "+14157779999" });
  await rig.world.sendEvent(id, "late");
  await vi.waitFor(async () => {
    expect(await outbound(id)).toMatchObject([{ status: "skipped", reason: "window-closed" }]);
    const found = await rig.database.db.select().from(tables.handOff).where(eq(tables.handOff.contactId, id));
    expect(found).toHaveLength(1);
  }, patience);
});
