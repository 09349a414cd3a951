import { mkdtempSync } from "node:fs";
import { readdir, readFile, stat } from "node:fs/promises";
import { request as httpRequest } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { contact, event, flow, link, message, signalQueue, upload } from "#db/schema/index.ts";
import { emptyGraph } from "#flow/graph.ts";
import { newId, shardOf } from "#server/id.ts";
import { openTestDoor, type TestDoor } from "../test-door.ts";

const person =
  "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36";
const png = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);
const pdf = Buffer.from("%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n");

let door: TestDoor;
let contactId: string;
let flowId: string;
beforeAll(async () => {
  door = await openTestDoor(mkdtempSync(path.join(tmpdir(), "door-")));
  const { workspaceId } = door.tenant;
  contactId = newId();
  flowId = newId();
  await door.database.db
    .insert(contact)
    .values({ id: contactId, workspaceId, shard: shardOf(workspaceId, contactId), locale: "fr_SN" });
  await door.database.db
    .insert(flow)
    .values({ id: flowId, workspaceId, name: "Prêt n° 1", draft: emptyGraph(), createdBy: "t", updatedBy: "t" });
});
afterAll(() => door.close());

let made = 0;
async function makeLink(values: Partial<typeof link.$inferInsert> = {}) {
  const { workspaceId } = door.tenant;
  const messageId = newId();
  const code = `Code${String(++made).padStart(6, "0")}`;
  const row = {
    workspaceId,
    contactId,
    messageId,
    enrollmentId: newId(),
    visit: 3,
    slot: "link.apply",
    kind: "tracked" as const,
  };
  await door.database.db.insert(message).values({
    id: messageId,
    workspaceId,
    shard: 1,
    contactId,
    direction: "outbound",
    flowId,
    nodeId: "send-1",
    type: "template",
    status: "sent",
    createdAt: new Date(),
  });
  const [saved] = await door.database.db
    .insert(link)
    .values({
      ...row,
      target: "https://bank.example/apply?utm_source=mail&x=1#top",
      expiresAt: new Date(Date.now() + 60_000),
      code,
      ...values,
    })
    .returning();
  if (!saved) throw new Error("no link");
  return saved;
}

const visit = (code: string, headers: Record<string, string> = {}, method = "GET") =>
  fetch(`${door.url}/r/${code}`, { method, redirect: "manual", headers: { "user-agent": person, ...headers } });
const linkOf = async (code: string) => (await door.database.db.select().from(link).where(eq(link.code, code)))[0];

test("a tap leads on with UTM beside what the target has, and wakes the flow once", async () => {
  const { code, messageId, enrollmentId } = await makeLink();
  const answers = await Promise.all([visit(code), visit(code), visit(code)]);
  const [first] = answers;
  expect(first?.status).toBe(302);
  expect(first?.headers.get("location")).toBe(
    `https://bank.example/apply?utm_source=mail&x=1&utm_medium=message&utm_campaign=pret-n-1&utm_content=send-1&wfid=${code}#top`,
  );
  expect(first?.headers.get("cache-control")).toBe("no-store");
  expect(first?.headers.get("referrer-policy")).toBe("no-referrer");
  expect(await linkOf(code)).toMatchObject({ clicks: 3, previews: 0, clickedAt: expect.any(Date) });
  const [sent] = await door.database.db.select().from(message).where(eq(message.id, messageId));
  expect(sent?.clickedAt).toBeInstanceOf(Date);
  const queued = await door.database.db
    .select()
    .from(signalQueue)
    .where(eq(signalQueue.enrollmentId, enrollmentId ?? ""));
  expect(queued.map((row) => row.payload)).toEqual([{ kind: "click", slot: "link.apply", visit: 3 }]);
  expect(queued[0]?.shard).toBe(shardOf(door.tenant.workspaceId, contactId));
});

test.each([
  ["WhatsApp's preview", { "user-agent": "WhatsApp/2.24.6.77 A" }, "GET"],
  ["Facebook's preview", { "user-agent": "facebookexternalhit/1.1" }, "GET"],
  ["a crawler", { "user-agent": "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)" }, "GET"],
  ["a browser that loads ahead", { "sec-purpose": "prefetch;prerender" }, "GET"],
  ["an older browser that loads ahead", { purpose: "prefetch" }, "GET"],
  ["HEAD", {}, "HEAD"],
])("%s is led on and not counted as a click", async (_, headers, method) => {
  const { code, enrollmentId } = await makeLink();
  const answer = await visit(code, headers, method);
  expect(answer.status).toBe(302);
  expect(await linkOf(code)).toMatchObject({ clicks: 0, previews: 1, clickedAt: null });
  expect(await door.database.db.$count(signalQueue, eq(signalQueue.enrollmentId, enrollmentId ?? ""))).toBe(0);
});

test("an expired link is a page in the person's language and not a click", async () => {
  const { code } = await makeLink({ expiresAt: new Date(Date.now() - 1) });
  const answer = await visit(code);
  expect(answer.status).toBe(410);
  expect(await answer.text()).toContain("Ce lien a expiré");
  expect((await linkOf(code))?.clicks).toBe(0);
});

test.each(["nobodyhasthis", "..%2f..%2fetc", "a", "%00"])(
  "an unknown code (%s) is a page that says so",
  async (code) => {
    const answer = await visit(code);
    expect(answer.status).toBe(404);
    expect(await answer.text()).toContain("<h1>");
  },
);

const uploadLink = () => makeLink({ kind: "upload", target: null, slot: "link.upload" });
const give = (code: string, body: BodyInit, headers: Record<string, string> = {}) =>
  fetch(`${door.url}/u/${code}`, { method: "POST", body, headers: { accept: "text/html", ...headers } });

function formOf(bytes: Buffer, name = "carte.png") {
  const form = new FormData();
  form.set("documentType", "identity");
  form.set("file", new File([new Uint8Array(bytes)], name, { type: "text/html" }));
  return form;
}

test("a customer gives a document once; it is kept privately and the flows hear of it", async () => {
  const { code } = await uploadLink();
  expect((await visit(code)).headers.get("location")).toMatch(new RegExp(`/u/${code}$`));
  const page = await fetch(`${door.url}/u/${code}`);
  expect(page.headers.get("content-security-policy")).toContain("default-src 'none'");
  expect(await page.text()).toContain("Envoyez votre document");
  const answers = await Promise.all([give(code, formOf(png, "../../etc/x\u202egnp.html")), give(code, formOf(png))]);
  expect(answers.map((answer) => answer.status).sort()).toEqual([200, 410]);
  const rows = await door.database.db.select().from(upload).where(eq(upload.code, code));
  expect(rows).toHaveLength(1);
  const [row] = rows;
  expect(row?.mime).toBe("image/png");
  expect(row?.fileName).toMatch(/^(xgnp|carte)\.png$/);
  const folder = path.join(door.home, "uploads", door.tenant.workspaceId);
  expect(await readdir(folder)).toEqual([row?.id]);
  expect(await readFile(path.join(folder, row?.id ?? ""))).toEqual(png);
  expect((await stat(path.join(folder, row?.id ?? ""))).mode & 0o777).toBe(0o600);
  const [told] = await door.database.db.select().from(event).where(eq(event.contactId, contactId));
  expect(told).toMatchObject({
    name: "document.uploaded",
    type: "system",
    properties: { documentId: row?.id, documentType: "identity", link: "link.upload" },
  });
  expect((await fetch(`${door.url}/u/${code}`)).status).toBe(410);
});

test("a document may also be posted as it is", async () => {
  const { code } = await uploadLink();
  const answer = await give(code, new Uint8Array(pdf), {
    "content-type": "application/pdf",
    accept: "application/json",
  });
  expect(await answer.json()).toEqual({ success: true });
});

test.each([
  ["an HTML page called .png", () => formOf(Buffer.from("<html><script>1</script>")), {}, 415],
  ["an SVG", () => formOf(Buffer.from('<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>')), {}, 415],
  ["an empty file", () => formOf(Buffer.alloc(0)), {}, 400],
  ["11 MB", () => formOf(Buffer.concat([png, Buffer.alloc(11_000_000)])), {}, 413],
  ["JSON instead of a form", () => '{"file":"/etc/passwd"}', { "content-type": "application/json" }, 415],
])("%s is refused with the form and the reason, and the link stays good", async (_, body, headers, status) => {
  const { code } = await uploadLink();
  const answer = await give(code, body(), headers);
  expect(answer.status).toBe(status);
  expect(await answer.text()).toContain('role="alert"');
  expect((await linkOf(code))?.usedAt).toBeNull();
});

test("a client that promises a body and never sends it does not keep the door from answering others", async () => {
  const slow = httpRequest(`${door.url}/u/x`, { method: "POST", headers: { "content-length": "100" } });
  slow.on("error", () => undefined);
  slow.flushHeaders();
  expect((await fetch(`${door.url}/health`)).status).toBe(200);
  slow.destroy();
});
