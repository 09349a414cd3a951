import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseWebhook } from "./parse.ts";

const metadata = { display_phone_number: "15550783881", phone_number_id: "1" };
const parse = (field: string, value: object) =>
  parseWebhook(Buffer.from(JSON.stringify({ entry: [{ id: "77", time: 1, changes: [{ field, value }] }] })));
const events = (field: string, value: object) => parse(field, value).events;
const message = (node: object) => ({
  metadata,
  contacts: [{ profile: { name: "Zoé" }, user_id: "FR.1" }],
  messages: [{ from_user_id: "FR.1", id: "wamid.I", timestamp: "1750091045", ...node }],
});
const status = (node: object) => ({
  metadata,
  statuses: [{ id: "wamid.S", status: "delivered", timestamp: "1750091045", ...node }],
});
const template = { message_template_id: 900, message_template_name: "kyc", message_template_language: "en-US" };
const known = { providerId: "900", name: "kyc", language: "en_US" };

describe("a management field is told in our words", () => {
  test.each<[string, object, object]>([
    [
      "message_template_quality_update",
      { ...template, previous_quality_score: "GREEN", new_quality_score: "RED" },
      { kind: "template-quality", ...known, quality: "red" },
    ],
    [
      "message_template_components_update",
      { ...template, message_template_element: "Hello {{1}}" },
      { kind: "template-text", ...known, body: "Hello {{1}}" },
    ],
    [
      "phone_number_quality_update",
      {
        display_phone_number: "+1 555-078-3881",
        event: "THROUGHPUT_UPGRADE",
        max_daily_conversations_per_business: "TIER_UNLIMITED",
      },
      {
        kind: "limits",
        accountId: "77",
        phoneDigits: "15550783881",
        peoplePerDay: null,
        messagesPerSecond: 1000,
      },
    ],
    [
      "phone_number_quality_update",
      { display_phone_number: "15550783881", event: "ONBOARDING", current_limit: "TIER_2K" },
      { kind: "limits", accountId: "77", phoneDigits: "15550783881", peoplePerDay: 2000, messagesPerSecond: null },
    ],
    [
      "phone_number_quality_update",
      { display_phone_number: "1", event: "ONBOARDING", max_daily_conversations_per_business: "TIER_NOT_SET" },
      { kind: "limits", accountId: "77", phoneDigits: "1", peoplePerDay: undefined, messagesPerSecond: null },
    ],
    [
      "business_capability_update",
      { max_daily_conversations_per_business: 10000, max_phone_numbers_per_business: 20 },
      { kind: "limits", accountId: "77", phoneDigits: null, peoplePerDay: 10_000, messagesPerSecond: null },
    ],
    [
      "business_capability_update",
      { max_daily_conversations_per_business: -1 },
      { kind: "limits", accountId: "77", phoneDigits: null, peoplePerDay: null, messagesPerSecond: null },
    ],
    [
      "account_update",
      { event: "DISABLED_UPDATE", ban_info: { waba_ban_state: "DISABLE", waba_ban_date: "2026-11-22" } },
      { kind: "account", accountId: "77", event: "DISABLED_UPDATE", isClosed: true, detail: "DISABLE" },
    ],
    [
      "account_update",
      { event: "DISABLED_UPDATE", ban_info: { waba_ban_state: "REINSTATE" } },
      { kind: "account", accountId: "77", event: "DISABLED_UPDATE", isClosed: false, detail: "REINSTATE" },
    ],
    [
      "account_update",
      { event: "ACCOUNT_RESTRICTION", restriction_info: [{ restriction_type: "RESTRICTED_BIZ_INITIATED_MESSAGING" }] },
      {
        kind: "account",
        accountId: "77",
        event: "ACCOUNT_RESTRICTION",
        isClosed: true,
        detail: "RESTRICTED_BIZ_INITIATED_MESSAGING",
      },
    ],
    [
      "account_alerts",
      {
        entity_type: "BUSINESS",
        entity_id: "1",
        alert_info: { alert_severity: "CRITICAL", alert_type: "X", alert_description: "Y" },
      },
      { kind: "account-alert", accountId: "77", severity: "CRITICAL", type: "X", detail: "Y" },
    ],
    [
      "account_review_update",
      { decision: "REJECTED" },
      { kind: "account", accountId: "77", event: "REVIEW_REJECTED", isClosed: true, detail: "" },
    ],
    [
      "phone_number_name_update",
      { display_phone_number: "15550783881", decision: "APPROVED", requested_verified_name: "Bank" },
      { kind: "name", accountId: "77", phoneDigits: "15550783881", decision: "APPROVED", name: "Bank" },
    ],
    [
      "user_id_update",
      {
        metadata,
        user_id_update: [
          { wa_id: "33612345678", user_id: { previous: "FR.1", current: "FR.2" }, timestamp: 1731705721 },
        ],
      },
      {
        kind: "new-ids",
        before: { waId: "33612345678", bsuid: "FR.1" },
        after: { waId: null, bsuid: "FR.2" },
        at: 1_731_705_721_000,
      },
    ],
    ["history", { anything: true }, { kind: "other", field: "history" }],
    ["__proto__", { anything: true }, { kind: "other", field: "__proto__" }],
  ])("%s", (field, value, expected) => {
    expect(events(field, value)).toEqual([expected]);
  });

  test("one bad item of a list costs nobody else's", () => {
    const good = { user_id: { previous: "FR.1", current: "FR.2" }, timestamp: 1 };
    const { events: kept, rejected } = parse("user_id_update", { user_id_update: [{ user_id: 4 }, good, null] });
    expect(kept).toMatchObject([{ kind: "new-ids" }]);
    expect(rejected.map(({ path }) => path)).toEqual([
      "entry.0.changes.0.value.user_id_update.0.user_id",
      "entry.0.changes.0.value.user_id_update.2",
    ]);
  });
});

describe("a status", () => {
  test("tells how it is charged, the conversation, and who it was for", () => {
    const node = {
      recipient_user_id: "FR.1",
      pricing: { billable: true, pricing_model: "PMP", type: "regular", category: "utility" },
      conversation: { id: "c", expiration_timestamp: "1750091100", origin: { type: "referral_conversion" } },
    };
    expect(events("messages", status(node))).toMatchObject([
      {
        kind: "status",
        recipient: { waId: null, bsuid: "FR.1" },
        pricing: { type: "regular", category: "utility", model: "PMP" },
        conversation: { id: "c", origin: "referral_conversion", openUntil: 1_750_091_100_000 },
      },
    ]);
  });

  test("of a payment tells the order and the amount in minor units", () => {
    const payment = {
      reference_id: "A1",
      amount: { value: 21_000, offset: 100 },
      currency: "INR",
      transaction: { id: "T", type: "razorpay", status: "success" },
    };
    expect(events("messages", status({ type: "payment", status: "captured", payment }))).toEqual([
      {
        kind: "payment",
        phoneNumberId: "1",
        wamid: "wamid.S",
        status: "captured",
        reference: "A1",
        amountMinor: 21_000,
        currency: "INR",
        transactionId: "T",
        at: 1_750_091_045_000,
      },
    ]);
  });

  test("still counts when what is told along cannot be read", () => {
    const node = { pricing: 3, conversation: [], recipient_id: 4, errors: [] };
    expect(events("messages", status(node))).toMatchObject([{ kind: "status", pricing: null, conversation: null }]);
  });

  test.each([
    [131050, "consent"],
    [131042, "account"],
    [131026, "recipient"],
  ])("that failed with %i tells the class %s", (code, errorClass) => {
    const node = { status: "failed", errors: [{ code, title: "t" }] };
    expect(events("messages", status(node))).toMatchObject([{ errorCode: code, errorClass }]);
  });
});

describe("a message", () => {
  test("that was changed names the one it replaces, with its new text", () => {
    const edit = { original_message_id: "wamid.O", message: { type: "text", text: { body: "Better" } } };
    expect(events("messages", message({ type: "edit", edit }))).toMatchObject([
      { kind: "edit", original: "wamid.O", wamid: "wamid.I", text: "Better" },
    ]);
  });

  test("that a person took back is known by its id", () => {
    const revoke = { original_message_id: "wamid.O" };
    expect(events("messages", message({ type: "revoke", revoke }))).toEqual([
      {
        kind: "revoke",
        phoneNumberId: "1",
        original: "wamid.O",
        from: { waId: null, bsuid: "FR.1", name: "Zoé" },
        at: 1_750_091_045_000,
      },
    ]);
  });

  test("of a flow keeps its answers as data: no prototype, no code, nothing that is not JSON", () => {
    const form = (response_json: string) =>
      events(
        "messages",
        message({ type: "interactive", interactive: { type: "nfm_reply", nfm_reply: { response_json } } }),
      );
    const told = (answers: object | null, token: string | null = null) => [
      { kind: "inbound", detail: { form: { token, answers } } },
    ];
    expect(form('{"a":1,"flow_token":"t"}')).toMatchObject(told({ a: 1 }, "t"));
    const [hostile] = form('{"__proto__":{"isAdmin":true},"constructor":{"prototype":{}},"a":1}');
    expect(JSON.stringify(hostile)).not.toContain("isAdmin");
    for (const broken of ["not json", "[1]", "3", "null", `{"a":"${"x".repeat(70_000)}"}`])
      expect(form(broken)).toMatchObject(told(null));
  });

  test("with a part that cannot be read still counts", () => {
    const nodes = [
      { type: "location", location: { latitude: "north" } },
      { type: "image", image: "?" },
      { type: "order", order: { catalog_id: 1 } },
      { type: "contacts", contacts: [7] },
    ];
    for (const node of nodes)
      expect(events("messages", message(node))).toMatchObject([{ kind: "inbound", detail: {} }]);
  });

  test("with text that no database can hold loses those characters and nothing else", () => {
    const body = "a\u0000b\ud83dc";
    expect(events("messages", message({ type: "text", text: { body } }))).toMatchObject([{ text: "ab\ufffdc" }]);
  });
});

test("whatever a call says, reading it gives values and never throws", () => {
  const field = fc.constantFrom(
    "messages",
    "account_update",
    "account_alerts",
    "user_id_update",
    "user_preferences",
    "phone_number_quality_update",
    "message_template_status_update",
    "toString",
  );
  const value = fc.dictionary(
    fc.constantFrom("metadata", "messages", "statuses", "contacts", "user_id_update", "event"),
    fc.jsonValue({ maxDepth: 4 }),
  );
  fc.assert(
    fc.property(field, value, (name, body) => {
      const { events: told, rejected } = parse(name, body);
      expect(told.length + rejected.length).toBeGreaterThanOrEqual(0);
    }),
    { numRuns: 500, seed: 11 },
  );
});
