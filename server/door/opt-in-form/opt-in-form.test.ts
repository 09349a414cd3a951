import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { contact, optInForm, optInSignUp } from "#db/schema/index.ts";
import { newId } from "#server/id.ts";
import { randomCode } from "#server/secret.ts";
import { openTestDoor, type TestDoor } from "../test-door.ts";

let door: TestDoor;
let formId: string;
let code: string;
beforeAll(async () => {
  door = await openTestDoor(mkdtempSync(path.join(tmpdir(), "door-")));
});
afterAll(() => door.close());
beforeEach(async () => {
  await door.database.db.delete(optInSignUp);
  formId = newId();
  code = randomCode(10);
  const wordings = { service: "You may write about my account.", marketing: "You may send me offers <now>." };
  await door.database.db.insert(optInForm).values({
    id: formId,
    workspaceId: door.tenant.workspaceId,
    code,
    name: "Branch",
    source: "Poster",
    purposes: ["service", "marketing"],
    texts: {
      en: { title: "Hear from us", intro: "Choose.", wordings },
      fr: { title: "Restons en contact", intro: "", wordings: { ...wordings, service: "Écrivez-moi sur mon compte." } },
      hi: { title: "संपर्क में रहें", intro: "", wordings: { ...wordings, service: "मेरे खाते के बारे में लिखें।" } },
    },
    privacyUrl: "https://bank.example/privacy",
    createdBy: newId(),
  });
});

const look = async (query = "", headers: Record<string, string> = {}) => {
  const answer = await fetch(`${door.url}/o/${code}${query}`, { headers });
  return { status: answer.status, text: await answer.text() };
};
const signUp = async (fields: [string, string][], headers: Record<string, string> = {}) => {
  const answer = await fetch(`${door.url}/o/${code}`, {
    method: "POST",
    body: new URLSearchParams(fields),
    headers: { "user-agent": "A phone", ...headers },
  });
  return { status: answer.status, text: await answer.text() };
};
const kept = () => door.database.db.select().from(optInSignUp).where(eq(optInSignUp.formId, formId));
const form = async () => (await door.database.db.select().from(optInForm).where(eq(optInForm.id, formId)))[0];
const good: [string, string][] = [
  ["phone", "+221 77 123 45 67"],
  ["purpose", "marketing"],
  ["language", "en"],
];

test("the page asks in the language that was chosen, with nothing ticked and every word escaped", async () => {
  const english = await look("?language=en");
  expect(english.text).toContain("Hear from us");
  expect(english.text).toContain("offers &lt;now&gt;");
  expect(english.text).not.toContain("checked");
  expect(english.text).toContain("https://bank.example/privacy");
  expect((await look("?language=fr")).text).toContain("Restons en contact");
  expect((await look("", { "accept-language": "fr-SN,fr;q=0.9" })).text).toContain("Restons en contact");
  const hindi = await look("", { "accept-language": "hi-IN,hi;q=0.9,en;q=0.8" });
  expect(hindi.text).toContain("संपर्क में रहें");
  expect(hindi.text).toContain("आपका WhatsApp नंबर");
  expect(hindi.text).toContain('<html lang="hi">');
  // The page was not written in what this browser speaks.
  expect((await look("", { "accept-language": "es-CO,en;q=0.5" })).text).toContain("Hear from us");
  expect(await kept()).toEqual([]);
});

test("a sign-up in another language is answered in it and kept with its words", async () => {
  const { text } = await signUp([
    ["phone", "+221771234567"],
    ["purpose", "service"],
    ["language", "hi"],
  ]);
  expect(text).toContain("एक कदम बाकी है");
  expect((await kept())[0]).toMatchObject({ language: "hi", wordings: { service: "मेरे खाते के बारे में लिखें।" } });
});

test("a sign-up is kept with the very words until its owner confirms it, and makes nobody a contact", async () => {
  const before = await door.database.db.$count(contact);
  const { status, text } = await signUp(good);
  expect(status).toBe(200);
  const [row] = await kept();
  expect(row).toMatchObject({
    phone: "+221771234567",
    wordings: { marketing: "You may send me offers <now>." },
    userAgent: "A phone",
    confirmedAt: null,
  });
  expect(row?.ipHash).toMatch(/^[0-9a-f]{64}$/);
  expect(row?.confirmCode).toMatch(/^[2-9A-HJ-NP-Z]{8}$/);
  expect(text).toContain("https://wa.me/");
  expect(text).toContain(row?.confirmCode);
  expect((await form())?.signUps).toBe(1);
  expect(await door.database.db.$count(contact)).toBe(before);
});

test.each<[string, [string, string][], string]>([
  [
    "a number that is none",
    [
      ["phone", "12"],
      ["purpose", "service"],
    ],
    "not a complete phone number",
  ],
  ["nothing ticked", [["phone", "+221771234567"]], "Tick what you agree to"],
  [
    "a class that is not asked for",
    [
      ["phone", "+221771234567"],
      ["purpose", "fraud"],
    ],
    "Tick what you agree to",
  ],
])("%s is told, and what was written stays", async (_, fields, problem) => {
  const { status, text } = await signUp([...fields, ["language", "en"]]);
  expect(status).toBe(400);
  expect(text).toContain(problem);
  expect(text).toContain(`value="${fields[0]?.[1]}"`);
  expect(await kept()).toEqual([]);
});

test("a number gets five sign-ups a day and an address twenty an hour", async () => {
  for (let index = 0; index < 5; index += 1) expect((await signUp(good)).status).toBe(200);
  expect((await signUp(good)).status).toBe(429);
  const other = (index: number): [string, string][] => [
    ["phone", `+22177123${String(4600 + index)}`],
    ["purpose", "service"],
  ];
  for (let index = 0; index < 15; index += 1) expect((await signUp(other(index))).status).toBe(200);
  expect((await signUp(other(99))).status).toBe(429);
  // Somebody else is not held up, and what a caller writes into the header himself makes nobody somebody else.
  expect((await signUp(other(98), { "x-forwarded-for": "8.8.8.8" })).status).toBe(200);
  expect(await kept()).toHaveLength(21);
});

test("a program that fills in every field is thanked and not kept", async () => {
  expect((await signUp([...good, ["website", "http://spam.example"]])).status).toBe(200);
  expect(await kept()).toEqual([]);
});

test("a form that is closed or never was is not there", async () => {
  await door.database.db.update(optInForm).set({ closedAt: new Date() }).where(eq(optInForm.id, formId));
  expect((await look()).status).toBe(404);
  expect((await signUp(good)).status).toBe(404);
  code = randomCode(10);
  expect((await look()).status).toBe(404);
});
