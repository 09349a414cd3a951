import { asc, eq, sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { mail, member } from "#db/schema/index.ts";
import { createTestDatabase, type TestDatabase } from "#db/test-database.ts";
import { catchMails, type MailCatcher } from "#scripts/testing/mail-catcher.ts";
import { newId } from "#server/id.ts";
import { createLog } from "#server/log.ts";
import { queueMail } from "#server/notifications/mail/queue-mail.ts";
import { notify } from "#server/notifications/notify.ts";
import { joinWorkspace, testActor } from "#server/test-actor.ts";
import type { Actor } from "#server/trpc.ts";
import { MailHost } from "./mail-host.ts";
import { Mailer } from "./mailer.ts";

const publicUrl = "https://chasqui.bank.example";
const log = createLog("worker");
let database: TestDatabase;
let catcher: MailCatcher;
let mailer: Mailer;
let host: MailHost;
let maker: Actor;
let checker: Actor;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());
beforeEach(async () => {
  await database.db.delete(mail);
  catcher = await catchMails();
  mailer = new Mailer({ url: catcher.url, from: "Chasqui <no-reply@bank.example>" });
  host = new MailHost({ pool: database.pool, log, mailer, publicUrl });
  maker = await testActor(database.db, { role: "maker", name: "Awa Diop" });
  checker = await joinWorkspace(database.db, maker.session.workspaceId, { role: "checker", name: "Valentina Ríos" });
  const { workspaceId, userId } = checker.session;
  await database.db.insert(member).values({ id: newId(), workspaceId, userId, role: "checker" });
});
afterEach(async () => {
  mailer.close();
  await catcher.stop();
});

const ask = (name = "KYC reminder", why = "Call +221 77 123 45 67 first.") =>
  notify(database.db, maker, {
    kind: "approval-asked",
    to: [{ verb: "decide-approvals" }],
    subjectId: "0192",
    values: { subject: "flow", name, why },
  });
const rows = () => database.db.select().from(mail).orderBy(asc(mail.id));
const subjects = () => catcher.mails.map(({ subject }) => subject);
const minutePasses = () =>
  database.db.update(mail).set({ sentAt: sql`sent_at - interval '61 seconds'`, dueAt: sql`now()` });

test("a mail leaves by SMTP, as text and HTML, with the way to the thing, and without a customer's number", async () => {
  await ask();
  await host.step();
  const [got] = catcher.mails;
  expect(got?.to).toMatchObject({ text: checker.session.email });
  expect(got?.from?.text).toBe('"Chasqui" <no-reply@bank.example>');
  expect(got?.subject).toBe("Awa Diop asks for approval of the flow KYC reminder");
  for (const body of [got?.text ?? "", got?.html || ""]) {
    expect(body).toContain(`${publicUrl}/approvals?id=0192`);
    expect(body).toContain("Call +•••67 first.");
    expect(body).toContain("Banco Demo");
    expect(body).not.toContain("123");
  }
  expect(await rows()).toMatchObject([{ state: "sent", attempts: 1, path: "", error: null }]);
});

test("in the reader's language, and what people write is no HTML", async () => {
  await ask("<b>KYC & co</b>");
  await database.db.update(mail).set({ language: "fr" });
  await host.step();
  expect(subjects()).toEqual(["Awa Diop demande la validation du parcours <b>KYC & co</b>"]);
  expect(catcher.mails[0]?.html).toContain("&lt;b&gt;KYC &amp; co&lt;/b&gt;");
});

describe("many of one kind", () => {
  test("that wait go as one; what follows within a minute waits and goes as one, too", async () => {
    for (const name of ["one", "two", "three"]) await ask(name);
    await host.step();
    expect(subjects()).toEqual(["3 requests for approval"]);
    for (const name of ["one", "two", "three"]) expect(catcher.mails[0]?.text).toContain(`the flow ${name}`);
    await ask("four");
    await host.step();
    await ask("five");
    await host.step();
    expect(subjects()).toHaveLength(1);
    await minutePasses();
    await host.step();
    expect(subjects()).toEqual(["3 requests for approval", "2 requests for approval"]);
  });

  test("of another kind or to somebody else are mails of their own; so are letters", async () => {
    const { workspaceId } = maker.session;
    const letter = { workspaceId, letter: "invitation", actorId: maker.session.userId, values: {} } as const;
    const to = { address: "new@bank.example", language: "en" } as const;
    await queueMail(database.db, { ...letter, to, path: "/invitations/a" });
    await queueMail(database.db, { ...letter, to, path: "/invitations/b" });
    await ask();
    await notify(database.db, maker, { kind: "sending-held", to: [{ roles: ["checker"] }], subjectId: "", values: {} });
    await host.step();
    expect(subjects().sort()).toEqual([
      "Awa Diop asks for approval of the flow KYC reminder",
      "Awa Diop holds all sending: no message leaves",
      "Awa Diop invites you to Banco Demo in Chasqui",
      "Awa Diop invites you to Banco Demo in Chasqui",
    ]);
  });
});

describe("when it does not work", () => {
  test("an address that the server refuses for good is given up, and its error kept", async () => {
    catcher.answer({ code: 550, words: "No such mailbox" });
    await ask();
    await host.step();
    expect(await rows()).toMatchObject([
      { state: "failed", error: expect.stringContaining("No such mailbox"), path: "" },
    ]);
  });

  test("a server that is busy or away is asked again, later each time, and then the mail leaves", async () => {
    catcher.answer({ code: 451, words: "Try later" });
    await ask();
    await host.step();
    const [first] = await rows();
    expect(first).toMatchObject({ state: "waiting", attempts: 1, error: expect.stringContaining("Try later") });
    await host.step();
    expect(await rows()).toMatchObject([{ attempts: 1 }]);
    catcher.answer("yes");
    await database.db.update(mail).set({ dueAt: sql`now()` });
    await host.step();
    expect(await rows()).toMatchObject([{ state: "sent", attempts: 2, error: null }]);
  });

  test("it is given up after many tries, and when a day has passed", async () => {
    catcher.answer({ code: 451, words: "Try later" });
    await ask();
    await database.db.update(mail).set({ attempts: 17 });
    await host.step();
    expect(await rows()).toMatchObject([{ state: "failed", attempts: 18 }]);
    await ask();
    await database.db
      .update(mail)
      .set({ createdAt: sql`now() - interval '25 hours'` })
      .where(eq(mail.state, "waiting"));
    await host.step();
    expect((await rows()).map(({ state }) => state)).toEqual(["failed", "failed"]);
  });

  test("what a lost worker had claimed goes again under the same Message-ID when its claim is over", async () => {
    await ask();
    await host.step();
    const before = catcher.mails[0]?.messageId;
    const lost = { state: "sending", sentAt: null } as const;
    await database.db
      .update(mail)
      .set({ ...lost, path: "/approvals?id=0192", leaseUntil: sql`now() + interval '1 minute'` });
    await host.step();
    expect(catcher.mails).toHaveLength(1);
    await database.db.update(mail).set({ leaseUntil: sql`now() - interval '1 second'` });
    await host.step();
    expect(catcher.mails.map(({ messageId }) => messageId)).toEqual([before, before]);
  });

  test("what cannot be written does not come back for ever", async () => {
    await ask();
    await database.db.update(mail).set({ kind: "of-a-later-version" });
    await host.step();
    expect(await rows()).toMatchObject([{ state: "failed", error: expect.stringContaining("of-a-later-version") }]);
  });

  test("two workers at once send nothing twice", async () => {
    for (let count = 0; count < 5; count++) await ask(`flow ${count}`);
    const other = new MailHost({ pool: database.pool, log, mailer, publicUrl });
    await Promise.all([host.step(), other.step()]);
    expect(catcher.mails).toHaveLength(1);
  });

  test("without a mail server nothing gathers for the day one is set", async () => {
    await ask();
    await new MailHost({ pool: database.pool, log, mailer: null, publicUrl }).step();
    await host.step();
    expect(await rows()).toMatchObject([{ state: "off" }]);
    expect(catcher.mails).toEqual([]);
  });
});
