import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { aSandbox, aSubscriber, identity } from "../sandbox.fixture.ts";

let sandbox: Awaited<ReturnType<typeof aSandbox>>;
let subscriber: Awaited<ReturnType<typeof aSubscriber>>;
const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

beforeAll(async () => {
  sandbox = await aSandbox();
  subscriber = await aSubscriber();
  await sandbox.control.subscribe(subscriber.url);
});
afterAll(async () => {
  subscriber.close();
  await sandbox.remove();
});
beforeEach(async () => {
  await sandbox.control.reset(true);
  subscriber.received.length = 0;
});

const body = { type: "BODY", text: "Your loan is ready." };
const aTemplate = (name: string, more: object = {}) => ({
  name,
  language: "en_US",
  category: "UTILITY",
  components: [body],
  ...more,
});
const create = async (name: string, more: object = {}): Promise<string> => {
  const answer = await sandbox.createTemplate(aTemplate(name, more));
  expect(answer.body.error).toBeUndefined();
  return answer.body.id ?? "";
};
const read = async (id: string, fields: string) =>
  (await sandbox.graph("GET", `v25.0/${id}?fields=${fields}`)).body as Record<string, unknown>;
const edit = (id: string, text: string) =>
  sandbox.graph("POST", `v25.0/${id}`, { components: [{ type: "BODY", text }] });
const remove = (query: string) => sandbox.graph("DELETE", `v25.0/${identity.accountId}/message_templates?${query}`);
const decide = (id: string, verb: string, input: object) =>
  sandbox.control.call("POST", `templates/${id}/${verb}`, input);
/** What the subscriber hears of a field, once it has heard as much as is expected. */
const heard = async (field: string, count: number) => {
  const values = () => subscriber.changes().filter((change) => change.field === field);
  await vi.waitFor(() => expect(values()).toHaveLength(count));
  return values().map((change) => change.value);
};
const statusNews = (count: number) => heard("message_template_status_update", count);
const codeOf = (answer: { body: { error?: { code: number; error_subcode?: number } | undefined } }) =>
  `${answer.body.error?.code}/${answer.body.error?.error_subcode ?? ""}`;

describe("the review", () => {
  test("ends when the schedule says so, with a webhook in Meta's keys", async () => {
    await sandbox.control.call("POST", "schedule", { review_ms: 60_000 });
    const id = await create("pending");
    expect(await read(id, "status,rejected_reason")).toMatchObject({ status: "PENDING", rejected_reason: "NONE" });
    expect(codeOf(await edit(id, "Your loan is here."))).toBe("100/2388039");
    await sandbox.control.advance(60_000);
    expect(await read(id, "status")).toMatchObject({ status: "APPROVED" });
    expect(await statusNews(1)).toEqual([
      {
        event: "APPROVED",
        message_template_id: Number(id),
        message_template_name: "pending",
        message_template_language: "en_US",
        message_template_category: "UTILITY",
        reason: "NONE",
      },
    ]);
  });

  test("turns down variables that touch and says how to mend them", async () => {
    const touching = {
      type: "BODY",
      text: "Dear {{1}}{{2}}, your new loan is ready.",
      example: { body_text: [["a", "b"]] },
    };
    await sandbox.control.call("POST", "schedule", { review_ms: 1000 });
    const id = await create("touching", { components: [touching] });
    await sandbox.control.advance(1000);
    expect((await statusNews(1))[0]).toMatchObject({
      event: "REJECTED",
      reason: "INVALID_FORMAT",
      rejection_info: { reason: "INVALID_FORMAT", recommendation: expect.any(String) },
    });
    await edit(id, "Dear customer, your new loan is ready.");
    expect(await read(id, "status,rejected_reason")).toMatchObject({ status: "PENDING", rejected_reason: "NONE" });
    await sandbox.control.advance(1000);
    expect(await read(id, "status")).toMatchObject({ status: "APPROVED" });
  });

  test.each(["abusive_content", "incorrect_category", "promotional", "scam", "tag_content_mismatch"])(
    "turns a name down that asks for %s",
    async (reason) => {
      const id = await create(`loan_rejected_${reason}`);
      expect(await read(id, "status,rejected_reason")).toMatchObject({
        status: "REJECTED",
        rejected_reason: reason.toUpperCase(),
      });
    },
  );

  test("may move a template to another category at once", async () => {
    const answer = await sandbox.createTemplate(aTemplate("loan_is_marketing"));
    expect(answer.body).toMatchObject({ status: "APPROVED", category: "MARKETING" });
  });
});

test("a category changes a day after the warning", async () => {
  const id = await create("moved");
  await decide(id, "category", { category: "MARKETING" });
  expect(await read(id, "category,correct_category")).toMatchObject({
    category: "UTILITY",
    correct_category: "MARKETING",
  });
  await sandbox.control.advance(dayMs - 60_000);
  expect(await read(id, "category")).toMatchObject({ category: "UTILITY" });
  await sandbox.control.advance(60_000);
  expect(await read(id, "category,previous_category,correct_category")).toEqual({
    id,
    category: "MARKETING",
    previous_category: "UTILITY",
  });
  expect(await heard("template_category_update", 2)).toMatchObject([
    { new_category: "UTILITY", correct_category: "MARKETING", category_update_timestamp: expect.any(Number) },
    { previous_category: "UTILITY", new_category: "MARKETING", message_template_id: Number(id) },
  ]);
});

describe("low quality", () => {
  test("pauses for three hours, for six, then disables for good", async () => {
    const id = await create("tiring");
    for (const hours of [3, 6]) {
      await decide(id, "quality", { score: "RED" });
      expect(await read(id, "status,quality_score")).toMatchObject({
        status: "PAUSED",
        quality_score: { score: "RED" },
      });
      await sandbox.control.advance(hours * hourMs - 60_000);
      expect(await read(id, "status")).toMatchObject({ status: "PAUSED" });
      await sandbox.control.advance(60_000);
      expect(await read(id, "status")).toMatchObject({ status: "APPROVED" });
    }
    await decide(id, "quality", { score: "RED" });
    await sandbox.control.advance(30 * dayMs);
    expect(await read(id, "status")).toMatchObject({ status: "DISABLED" });
    expect(
      (await statusNews(6)).map(({ event, other_info }) => [event, (other_info as { title?: string })?.title]),
    ).toEqual([
      ["APPROVED", undefined],
      ["PAUSED", "FIRST_PAUSE"],
      ["APPROVED", "UNPAUSE"],
      ["PAUSED", "SECOND_PAUSE"],
      ["APPROVED", "UNPAUSE"],
      ["DISABLED", "DISABLED"],
    ]);
    expect((await statusNews(6))[5]).toMatchObject({ disable_info: { disable_date: expect.any(Number) } });
    expect(await heard("message_template_quality_update", 3)).toMatchObject([
      { previous_quality_score: "UNKNOWN", new_quality_score: "RED" },
      {},
      {},
    ]);
    expect(codeOf(await remove("name=tiring"))).toBe("100/2388039");
  });

  test("can be unpaused by hand, and the plan of before is off", async () => {
    const id = await create("unpaused");
    await decide(id, "quality", { score: "RED" });
    expect((await sandbox.graph("POST", `v25.0/${id}/unpause`)).body).toEqual({ success: true });
    expect((await sandbox.graph("POST", `v25.0/${id}/unpause`)).body).toEqual({ success: false });
    await sandbox.control.advance(3 * hourMs);
    expect(await statusNews(3)).toHaveLength(3);
  });

  test("is told without a pause when that is asked for", async () => {
    const id = await create("unhurt");
    await decide(id, "quality", { score: "RED", pauses: false });
    expect(await read(id, "status")).toMatchObject({ status: "APPROVED" });
  });
});

describe("edits", () => {
  test("of an approved template: one a day", async () => {
    const id = await create("edited");
    expect((await edit(id, "Your loan is here.")).body).toEqual({ success: true });
    expect(await heard("message_template_components_update", 1)).toMatchObject([
      { message_template_id: Number(id), message_template_element: "Your loan is here." },
    ]);
    await sandbox.control.advance(dayMs - 60_000);
    expect(codeOf(await edit(id, "Your loan is there."))).toBe("100/2388039");
    await sandbox.control.advance(60_000);
    expect((await edit(id, "Your loan is there.")).status).toBe(200);
  });

  test("of an approved template: ten in thirty days", async () => {
    const id = await create("restless");
    for (let index = 0; index < 10; index++) {
      expect((await edit(id, `Your loan is ready, number ${index} now.`)).status).toBe(200);
      await sandbox.control.advance(dayMs);
    }
    expect(codeOf(await edit(id, "Your loan is the eleventh."))).toBe("100/2388039");
    await sandbox.control.advance(20 * dayMs);
    expect((await edit(id, "Your loan is the eleventh.")).status).toBe(200);
  });

  test("cannot change an approved template's category", async () => {
    const id = await create("fixed");
    expect(codeOf(await sandbox.graph("POST", `v25.0/${id}`, { category: "MARKETING" }))).toBe("100/2388039");
  });

  test("of a paused template approve it again", async () => {
    const id = await create("mended");
    await decide(id, "quality", { score: "RED" });
    expect((await edit(id, "Your loan is better now.")).status).toBe(200);
    expect(await read(id, "status")).toMatchObject({ status: "APPROVED" });
  });
});

describe("a deletion", () => {
  test("blocks the name of an approved template for thirty days", async () => {
    await create("gone");
    expect((await remove("name=gone")).body).toEqual({ success: true });
    expect((await statusNews(2))[1]).toMatchObject({ event: "DELETED", reason: null });
    expect(codeOf(await sandbox.createTemplate(aTemplate("gone")))).toBe("100/2388023");
    await sandbox.control.advance(30 * dayMs - 60_000);
    expect(codeOf(await sandbox.createTemplate(aTemplate("gone")))).toBe("100/2388023");
    await sandbox.control.advance(60_000);
    expect((await sandbox.createTemplate(aTemplate("gone"))).status).toBe(200);
  });

  test("leaves the name of a rejected one free", async () => {
    await create("x_rejected_scam");
    await remove("name=x_rejected_scam");
    expect((await sandbox.createTemplate(aTemplate("x_rejected_scam"))).status).toBe(200);
  });

  test("waits for messages under way", async () => {
    const id = await create("leaving");
    await sandbox.control.setUser({ wa_id: "33612345678", behaviour: { phone: "off" } });
    await sandbox.send({ type: "template", template: { name: "leaving", language: { code: "en_US" } } });
    await remove("name=leaving");
    expect(await read(id, "status")).toMatchObject({ status: "PENDING_DELETION" });
    expect(codeOf(await sandbox.createTemplate(aTemplate("leaving")))).toBe("100/2388023");
    expect((await remove("name=leaving")).status).toBe(404);
    await sandbox.control.setUser({ wa_id: "33612345678", behaviour: { phone: "on" } });
    expect((await statusNews(3)).map(({ event }) => event)).toEqual(["APPROVED", "PENDING_DELETION", "DELETED"]);
    expect((await sandbox.graph("GET", `v25.0/${id}`)).body.error).toMatchObject({ code: 100, error_subcode: 33 });
  });

  test("waits thirty days at most", async () => {
    const id = await create("stuck");
    await sandbox.send({
      to: "+33612340000",
      type: "template",
      template: { name: "stuck", language: { code: "en_US" } },
    });
    await remove(`hsm_ids=[${id}]`);
    await sandbox.control.advance(30 * dayMs - 60_000);
    expect(await read(id, "status")).toMatchObject({ status: "PENDING_DELETION" });
    await sandbox.control.advance(60_000);
    expect((await statusNews(3))[2]).toMatchObject({ event: "DELETED" });
  });

  test("by ids is all or nothing, a hundred at most, and alone", async () => {
    const id = await create("first");
    expect((await remove(`hsm_ids=[${id},1]`)).status).toBe(404);
    expect(await read(id, "status")).toMatchObject({ status: "APPROVED" });
    const many = (count: number) => Array(count).fill(id).join(",");
    expect(codeOf(await remove(`hsm_ids=[${many(101)}]`))).toBe("100/");
    expect(codeOf(await remove(`hsm_ids=[${id}]&name=first`))).toBe("100/");
    expect((await remove(`hsm_ids=[${many(100)}]`)).body).toEqual({ success: true });
  });
});

describe("the account's room", () => {
  test("is 100 creations an hour", async () => {
    for (let index = 0; index < 100; index++) await create(`t_${index}`);
    const refused = await sandbox.createTemplate(aTemplate("t_100"));
    expect(codeOf(refused)).toBe("80008/");
    expect(JSON.parse(refused.headers.get("x-business-use-case-usage") ?? "{}")).toMatchObject({
      [identity.accountId]: [{ type: "whatsapp", estimated_time_to_regain_access: 60 }],
    });
    await sandbox.control.advance(hourMs);
    await create("t_100");
  });

  test("is 250 templates, 6,000 for a verified business", async () => {
    for (let index = 1; index < 250; index++) {
      if (index % 90 === 0) await sandbox.control.advance(hourMs);
      await create(`t_${index}`);
    }
    expect(codeOf(await sandbox.createTemplate(aTemplate("one_more")))).toBe("100/2388019");
    await sandbox.control.call("POST", "account", { is_verified: true });
    await create("one_more");
  });
});

test("pauses, changes of category and deletions go on after a restart", async () => {
  const before = await aSandbox();
  const make = async (name: string) => (await before.createTemplate(aTemplate(name))).body.id ?? "";
  const [paused, moved] = [await make("paused"), await make("moved")];
  await before.control.call("POST", `templates/${paused}/quality`, { score: "RED" });
  await before.control.call("POST", `templates/${moved}/category`, { category: "MARKETING" });
  await before.close();
  const after = await aSandbox({ home: before.home });
  await after.control.advance(dayMs);
  expect((await after.graph("GET", `v25.0/${paused}`)).body).toMatchObject({ status: "APPROVED" });
  expect((await after.graph("GET", `v25.0/${moved}`)).body).toMatchObject({ category: "MARKETING" });
  await after.remove();
});
