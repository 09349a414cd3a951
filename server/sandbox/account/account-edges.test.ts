import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { aSandbox, aSubscriber, identity } from "../sandbox.fixture.ts";

let sandbox: Awaited<ReturnType<typeof aSandbox>>;
let subscriber: Awaited<ReturnType<typeof aSubscriber>>;
let other: Awaited<ReturnType<typeof aSubscriber>>;
let third: Awaited<ReturnType<typeof aSubscriber>>;
const dayS = 86_400;
const hello = { type: "template", template: { name: "hello_world", language: { code: "en_US" } } };

beforeAll(async () => {
  [sandbox, subscriber, other, third] = await Promise.all([aSandbox(), aSubscriber(), aSubscriber(), aSubscriber()]);
  await sandbox.control.subscribe(subscriber.url);
});
afterAll(async () => {
  for (const each of [subscriber, other, third]) each.close();
  await sandbox.remove();
});
beforeEach(async () => {
  await sandbox.control.reset(true);
  await sandbox.control.call("POST", "schedule", { sent_ms: 0, delivered_ms: 10, read_ms: 20 });
  for (const each of [subscriber, other, third]) each.received.length = 0;
});

const call = (method: string, edge: string, body?: object) =>
  sandbox.graph(method, `v25.0/${identity.accountId}${edge === "" ? "" : `/${edge}`}`, body);
const codeOf = async (answer: ReturnType<typeof call>): Promise<number | undefined> => (await answer).body.error?.code;
const nowS = () => Math.floor(sandbox.sandbox.clock.now() / 1000);
const isIdle = () => vi.waitFor(() => expect(sandbox.sandbox.statuses.isIdle).toBe(true));

describe("the application's subscription", () => {
  test("sends messages to the account's address, and templates still to the application", async () => {
    const override = { override_callback_uri: other.url, verify_token: "token" };
    expect((await call("POST", "subscribed_apps", override)).body).toEqual({ success: true });
    expect((await call("GET", "subscribed_apps")).body.data).toEqual([
      {
        whatsapp_business_api_data: { id: expect.any(String), name: "Sandbox App", link: expect.any(String) },
        override_callback_uri: other.url,
      },
    ]);
    await sandbox.control.say("33612345678", "Hi");
    await sandbox.createTemplate({
      name: "a",
      language: "en",
      category: "UTILITY",
      components: [{ type: "BODY", text: "Hi." }],
    });
    await sandbox.control.say("33612345678", "Again");
    await vi.waitFor(() => expect(other.changes()).toHaveLength(2));
    await vi.waitFor(() => expect(subscriber.changes()).toHaveLength(1));
    expect(subscriber.changes()[0]?.field).toBe("message_template_status_update");
  });

  test("prefers the number's address to the account's", async () => {
    await call("POST", "subscribed_apps", { override_callback_uri: other.url, verify_token: "token" });
    const number = { webhook_configuration: { override_callback_uri: third.url, verify_token: "token" } };
    await sandbox.graph("POST", `v25.0/${identity.phoneNumberId}`, number);
    await sandbox.control.say("33612345678", "Hi");
    await vi.waitFor(() => expect(third.changes()).toHaveLength(1));
    await sandbox.graph("POST", `v25.0/${identity.phoneNumberId}`, {
      webhook_configuration: { override_callback_uri: "" },
    });
    await sandbox.control.say("33612345678", "Hi");
    await vi.waitFor(() => expect(other.changes()).toHaveLength(1));
    expect((await call("POST", "subscribed_apps")).body).toEqual({ success: true });
    await sandbox.control.say("33612345678", "Hi");
    await vi.waitFor(() => expect(subscriber.changes()).toHaveLength(1));
  });

  test("takes no address that does not answer the challenge or has no token", async () => {
    const uri = `${sandbox.url}/nothing`;
    expect(await codeOf(call("POST", "subscribed_apps", { override_callback_uri: uri, verify_token: "t" }))).toBe(2200);
    expect(await codeOf(call("POST", "subscribed_apps", { override_callback_uri: other.url }))).toBe(100);
    expect(await codeOf(call("POST", "subscribed_apps", { override_callback_uri: "b.test", verify_token: "t" }))).toBe(
      100,
    );
  });

  test("tells nothing while it is taken back", async () => {
    await call("DELETE", "subscribed_apps");
    expect((await call("GET", "subscribed_apps")).body).toEqual({ data: [] });
    await sandbox.control.say("33612345678", "Unheard");
    await call("POST", "subscribed_apps", {});
    await sandbox.control.say("33612345678", "Heard");
    await vi.waitFor(() => expect(JSON.stringify(subscriber.changes())).toContain("Heard"));
    expect(JSON.stringify(subscriber.changes())).not.toContain("Unheard");
  });
});

describe("the library", () => {
  const library = async (query: string) =>
    (await sandbox.graph("GET", `v25.0/message_template_library?${query}`)).body.data ?? [];
  const from = (name: string, more: object = {}) =>
    sandbox.createTemplate({
      name: `ours_${name}`,
      language: "en_US",
      category: "UTILITY",
      library_template_name: name,
      ...more,
    });

  test("is filtered by use case, topic, language, industry and words", async () => {
    expect(await library("usecase=FRAUD_ALERT&language=fr")).toEqual([
      expect.objectContaining({
        name: "fraud_alert_1",
        language: "fr",
        industry: ["FINANCIAL_SERVICES"],
        topic: "ACCOUNT_UPDATES",
      }),
    ]);
    expect(await library('usecase=["FRAUD_ALERT","PAYMENT_OVERDUE"]&language=en_US')).toHaveLength(2);
    expect(await library("search=overdue&limit=1")).toHaveLength(1);
    expect(await library("industry=E_COMMERCE")).toEqual([]);
    expect((await library("topic=PAYMENTS&limit=100")).every((each) => each.topic === "PAYMENTS")).toBe(true);
  });

  test("makes every one of its templates, approved at once", async () => {
    await sandbox.control.call("POST", "schedule", { review_ms: 60_000 });
    const inputs = [
      { type: "URL", url: { base_url: "https://b.test/{{1}}", url_suffix_example: "https://b.test/x" } },
      { type: "PHONE_NUMBER", phone_number: "+33123456789" },
    ];
    for (const { name, language } of await library("limit=100")) {
      const answer = await from(String(name), { language, library_template_button_inputs: JSON.stringify(inputs) });
      expect(answer.body).toMatchObject({ status: "APPROVED", category: "UTILITY" });
      const shown = await sandbox.graph("GET", `v25.0/${answer.body.id}?fields=library_template_name`);
      expect(shown.body).toEqual({ id: answer.body.id, library_template_name: name });
    }
  });

  test.each<[string, string, object]>([
    ["an unknown name", "nothing", {}],
    ["a language it does not have", "fraud_alert_1", { language: "th" }],
    ["no phone for its button", "fraud_alert_1", {}],
    ["another category", "low_balance_warning_1", { category: "MARKETING" }],
    ["components of its own", "low_balance_warning_1", { components: [] }],
  ])("refuses %s", async (_, name, more) => expect(await codeOf(from(name, more))).toBe(100));
});

describe("previews of authentication texts", () => {
  const preview = (query: string) => call("GET", `message_template_previews?category=AUTHENTICATION&${query}`);

  test("come per language, with what is asked for", async () => {
    const query = "languages=en_US,fr&add_security_recommendation=true&code_expiration_minutes=10&button_types=OTP";
    expect((await preview(query)).body.data).toEqual([
      {
        language: "en_US",
        body: "*{{1}}* is your verification code. For your security, do not share this code.",
        footer: "This code expires in 10 minutes.",
        buttons: [{ type: "OTP", text: "Copy code", autofill_text: "Autofill" }],
      },
      expect.objectContaining({ language: "fr" }),
    ]);
    expect((await preview("")).body.data?.length).toBeGreaterThan(50);
  });

  test.each(["code_expiration_minutes=0", "code_expiration_minutes=91", "languages=xx", "button_types=URL"])(
    "refuse %s",
    async (query) => expect(await codeOf(preview(query))).toBe(100),
  );

  test("are what an authentication template reads back as", async () => {
    const components = [
      { type: "BODY", add_security_recommendation: true },
      { type: "FOOTER", code_expiration_minutes: 5 },
      { type: "BUTTONS", buttons: [{ type: "OTP", otp_type: "copy_code" }] },
    ];
    const { id } = (
      await sandbox.createTemplate({ name: "code", language: "fr", category: "AUTHENTICATION", components })
    ).body;
    expect((await sandbox.graph("GET", `v25.0/${id}`)).body).toMatchObject({
      components: [
        { text: expect.stringContaining("votre code de vérification") },
        { text: "Ce code expire dans 5 minutes." },
        { buttons: [{ type: "URL", text: "Copier le code", url: expect.stringContaining("otp_type=COPY_CODE") }] },
      ],
    });
  });
});

describe("lists of templates", () => {
  test("are filtered by several words, quality and content, and name a next page only when there is one", async () => {
    for (const name of ["a_one", "a_two", "b_one"])
      await sandbox.createTemplate({
        name,
        language: "en",
        category: "UTILITY",
        components: [{ type: "BODY", text: `Hi from ${name}.` }],
      });
    const names = async (query: string) =>
      (await call("GET", `message_templates?${query}`)).body.data?.map(({ name }) => name);
    expect(await names('status=["APPROVED","PENDING"]&name=a_')).toEqual(["a_one", "a_two"]);
    expect(await names("name_or_content=from b_one")).toEqual(["b_one"]);
    expect(await names("quality_score=GREEN")).toEqual([]);
    const first = (await call("GET", "message_templates?limit=2&fields=name")).body as {
      paging?: { next?: string; cursors: { after: string } };
    };
    expect(first.paging?.next).toContain("after=");
    const second = (await call("GET", `message_templates?limit=2&after=${first.paging?.cursors.after}`)).body as {
      paging?: object;
    };
    expect(second.paging).toEqual({ cursors: expect.any(Object) });
  });

  test("show an address in place of a sample's handle", async () => {
    const components = [
      { type: "HEADER", format: "IMAGE", example: { header_handle: ["4::x"] } },
      { type: "BODY", text: "Hi." },
    ];
    const { id } = (await sandbox.createTemplate({ name: "pic", language: "en", category: "UTILITY", components }))
      .body;
    expect((await sandbox.graph("GET", `v25.0/${id}?fields=components`)).body).toMatchObject({
      components: [{ example: { header_handle: [expect.stringMatching(/^https:/)] } }, {}],
    });
  });
});

describe("figures", () => {
  test("of messages and prices come out of the ledger", async () => {
    await sandbox.send({ ...hello, to: "+919812345678" });
    await sandbox.send({ ...hello, to: "+33612340000" });
    await isIdle();
    const span = `start(${nowS() - 60}).end(${nowS() + 60})`;
    const fields = `analytics.${span}.granularity(DAY),pricing_analytics.${span}.granularity(DAILY).dimensions(["COUNTRY","PRICING_CATEGORY"])`;
    expect((await call("GET", `?fields=${encodeURIComponent(fields)}`)).body).toEqual({
      id: identity.accountId,
      analytics: {
        phone_numbers: [identity.displayPhone.slice(1)],
        country_codes: ["IN", "FR"],
        granularity: "DAY",
        data_points: [{ start: expect.any(Number), end: expect.any(Number), sent: 2, delivered: 1 }],
      },
      pricing_analytics: {
        data: [
          {
            data_points: [
              {
                start: expect.any(Number),
                end: expect.any(Number),
                country: "IN",
                pricing_category: "UTILITY",
                volume: 1,
                cost: 0.0014,
              },
            ],
          },
        ],
      },
    });
  });

  test.each([
    "analytics.start(1).end(2).granularity(DAY)",
    "analytics.granularity(DAY)",
    `analytics.start(${Math.floor(Date.now() / 1000)}).end(2).granularity(DAY)`,
    `analytics.start(${Math.floor(Date.now() / 1000)}).end(99999999999).granularity(WEEK)`,
  ])("are refused for %s", async (field) => expect(await codeOf(call("GET", `?fields=${field}`))).toBe(100));

  const figures = (query: string) =>
    call("GET", `template_analytics?granularity=DAILY&start=${nowS() - dayS}&end=${nowS() + 60}&${query}`);

  test("of templates have to be switched on, and cannot be switched off", async () => {
    expect(await codeOf(figures("template_ids=[1]"))).toBe(200_007);
    await call("POST", "?is_enabled_for_insights=true");
    expect(await codeOf(figures("template_ids=[1]"))).toBeUndefined();
    expect(await codeOf(call("POST", "", { is_enabled_for_insights: false }))).toBe(200_006);
  });

  test("of templates count sends, reads and taps", async () => {
    await call("POST", "", { is_enabled_for_insights: true });
    const components = [
      { type: "BODY", text: "Was it you?" },
      { type: "BUTTONS", buttons: [{ type: "QUICK_REPLY", text: "Yes" }] },
    ];
    const { id } = (await sandbox.createTemplate({ name: "ask", language: "en", category: "UTILITY", components }))
      .body;
    const sent = await sandbox.send({
      to: "+919812345678",
      type: "template",
      template: { name: "ask", language: { code: "en" } },
    });
    await isIdle();
    await sandbox.control.tap(sent.body.messages?.[0]?.id ?? "", 0);
    expect((await figures(`template_ids=[${id}]`)).body.data).toEqual([
      {
        granularity: "DAILY",
        product_type: "cloud_api",
        data_points: [
          {
            template_id: id,
            start: expect.any(Number),
            end: expect.any(Number),
            sent: 1,
            delivered: 1,
            read: 1,
            clicked: [{ type: "quick_reply_button", button_content: "Yes", count: 1 }],
            cost: [
              { type: "amount_spent", value: 0.0014 },
              { type: "cost_per_delivered", value: 0.0014 },
            ],
          },
        ],
      },
    ]);
    const ids = (count: number) => `template_ids=[${Array(count).fill(id).join(",")}]`;
    expect(await codeOf(figures(ids(10)))).toBeUndefined();
    expect(await codeOf(figures(ids(11)))).toBe(100);
    expect(await codeOf(figures(`${ids(1)}&metric_types=SMILES`))).toBe(100);
  });

  test("of two templates are compared only when both were sent a thousand times", async () => {
    const make = async (name: string) =>
      (
        await sandbox.createTemplate({
          name,
          language: "en",
          category: "UTILITY",
          components: [{ type: "BODY", text: "Hi." }],
        })
      ).body.id;
    const [one, two] = [await make("one"), await make("two")];
    const compare = (days: number, ids: unknown = two) =>
      sandbox.graph(
        "GET",
        `v25.0/${one}/compare?template_ids=[${ids}]&start=${nowS() - days * dayS + 60}&end=${nowS() + 60}`,
      );
    const sendAll = async (count: number) => {
      for (const name of ["one", "two"])
        await Promise.all(
          Array.from({ length: count }, () =>
            sandbox.send({ type: "template", template: { name, language: { code: "en" } } }),
          ),
        );
      await isIdle();
    };
    await sendAll(999);
    expect(await codeOf(compare(7))).toBe(100);
    await sendAll(1);
    expect((await compare(7)).body).toMatchObject({
      data: [{ metric: "BLOCK_RATE" }, { metric: "MESSAGE_SENDS", number_values: [{ key: one, value: 1000 }, {}] }, {}],
    });
    expect(await codeOf(compare(8))).toBe(100);
    expect(await codeOf(compare(7, `${two},${two}`))).toBe(100);
  }, 60_000);
});

test("the account's fields, its time zone and a second number", async () => {
  expect((await call("POST", "", { timezone_id: 2 })).body).toMatchObject({ success: true });
  expect((await call("GET", "?fields=timezone_id,business_verification_status")).body).toEqual({
    id: identity.accountId,
    timezone_id: "2",
    business_verification_status: "NOT_VERIFIED",
  });
  const added = (await call("POST", "phone_numbers", { cc: "1", phone_number: "16315551000", verified_name: "Second" }))
    .body;
  expect((await call("GET", "phone_numbers")).body.data).toMatchObject([
    { id: identity.phoneNumberId },
    { id: added.id, code_verification_status: "NOT_VERIFIED", display_phone_number: "+16315551000" },
  ]);
  expect(await codeOf(sandbox.graph("POST", `v25.0/${added.id}/messages`, hello))).toBe(100);
});

test.each<[string, object, string]>([
  ["a limit of 2,000", { tier: 2000 }, "TIER_2K"],
  ["a limit of 250", { tier: 250 }, "TIER_250"],
  ["no limit", { tier: null }, "TIER_UNLIMITED"],
])("the number shows %s", async (_, limits, word) => {
  await sandbox.control.call("POST", "limits", limits);
  const fields = "whatsapp_business_manager_messaging_limit,throughput";
  expect((await sandbox.graph("GET", `v25.0/${identity.phoneNumberId}?fields=${fields}`)).body).toEqual({
    id: identity.phoneNumberId,
    whatsapp_business_manager_messaging_limit: word,
    throughput: { level: "HIGH" },
  });
});

test("a new messaging limit is told as the number's and the account's", async () => {
  await sandbox.control.call("POST", "limits", { tier: 2000 });
  await sandbox.control.call("POST", "limits", { tier: 250, pair: false });
  await sandbox.control.call("POST", "limits", { pair: false });
  await vi.waitFor(() => expect(subscriber.changes()).toHaveLength(4));
  expect(
    subscriber.changes().map(({ field, value }) => [field, value.event, value.max_daily_conversations_per_business]),
  ).toEqual([
    ["phone_number_quality_update", "DOWNGRADE", "TIER_2K"],
    ["business_capability_update", undefined, 2000],
    ["phone_number_quality_update", "DOWNGRADE", "TIER_250"],
    ["business_capability_update", undefined, 250],
  ]);
  await sandbox.control.call("POST", "limits", { tier: null });
  await vi.waitFor(() => expect(subscriber.changes()).toHaveLength(6));
  expect(
    subscriber
      .changes()
      .slice(4)
      .map(({ value }) => value),
  ).toMatchObject([
    { event: "UPGRADE", max_daily_conversations_per_business: "TIER_UNLIMITED" },
    { max_daily_conversations_per_business: -1 },
  ]);
});

test("the control plane tells any other management webhook", async () => {
  const value = { event: "ACCOUNT_VIOLATION", violation_info: { violation_type: "SCAM" } };
  await sandbox.control.call("POST", "events", { field: "account_update", value });
  await vi.waitFor(() => expect(subscriber.changes()).toEqual([{ field: "account_update", value }]));
  expect(subscriber.received[0]?.json.entry[0]).toMatchObject({ id: identity.accountId, time: expect.any(Number) });
  await expect(sandbox.control.call("POST", "events", { field: "messages", value })).rejects.toThrow();
});
