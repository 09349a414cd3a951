import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Json, JsonObject } from "#flow/json.ts";
import { hasSamples, sampleNames, sampleOf } from "../../test-samples.ts";
import { aSandbox, aSubscriber, identity } from "../sandbox.fixture.ts";

let sandbox: Awaited<ReturnType<typeof aSandbox>>;
let subscriber: Awaited<ReturnType<typeof aSubscriber>>;
let flowId = "";
let qrCode = "";
const number = `v25.0/${identity.phoneNumberId}`;
const account = `v25.0/${identity.accountId}`;
const automation = `${number}/conversational_automation`;

beforeAll(async () => {
  sandbox = await aSandbox();
  subscriber = await aSubscriber();
  flowId =
    (await post(`${account}/flows`, { name: "First", categories: ["SIGN_UP"], flow_json: flowJson })).body.id ?? "";
  await post(flowId, { endpoint_uri: "https://example.com" });
  qrCode = String((await post(`${number}/message_qrdls`, { prefilled_message: "Hi" })).body.code);
});
afterAll(async () => {
  subscriber.close();
  await sandbox.remove();
});

const screen = { id: "A", terminal: true, layout: { type: "SingleColumnLayout", children: [] } };
const flowJson = JSON.stringify({
  version: "6.0",
  data_api_version: "3.0",
  routing_model: { A: [] },
  screens: [screen],
});
const get = (path: string) => sandbox.graph("GET", path);
const post = (path: string, body: object = {}) => sandbox.graph("POST", path, body);
const remove = (path: string) => sandbox.graph("DELETE", path);

/** Where a sample request goes: its file's name begins with method and path. */
const targets: [start: string, path: string][] = [
  ["post_phone_number_id_conversational_automation", automation],
  ["post_phone_number_id_message_qrdls", `${number}/message_qrdls`],
  ["post_phone_number_id_settings", `${number}/settings`],
  ["post_phone_number_id_whatsapp_business_profile", `${number}/whatsapp_business_profile`],
  ["post_phone_number_id_", number],
  ["post_waba_id_phone_numbers", `${account}/phone_numbers`],
  ["post_waba_id_subscribed_apps", `${account}/subscribed_apps`],
  ["post_waba_id_", account],
];

// Addresses that stand for the reader's own cannot answer a challenge; the test's own does.
const fill = (request: JsonObject): JsonObject =>
  JSON.parse(
    JSON.stringify(request).replace(/"override_callback_uri":"[^"]*"/g, `"override_callback_uri":"${subscriber.url}"`),
  );

describe.skipIf(!hasSamples)("Meta's sample requests to the account", () => {
  test.each(sampleNames("mgmt_requests"))("%s is accepted", async (name) => {
    const path = targets.find(([start]) => name.startsWith(start))?.[1];
    const answer = await post(path ?? "nowhere", fill(sampleOf("mgmt_requests", name)));
    expect(answer.body.error).toBeUndefined();
    expect(answer.status).toBe(200);
  });
});

/** A call of ours that gives an answer of the sample's kind. */
const calls: Record<string, () => ReturnType<typeof get>> = {
  "delete_flow_id_200_delete_flow.json": async () =>
    remove((await post(`${account}/flows`, { name: "Doomed", categories: ["OTHER"] })).body.id ?? ""),
  "delete_waba_id_subscribed_apps_200_unsubscribe_success.json": () => remove(`${account}/subscribed_apps`),
  "get_flow_id_200_get_endpoint_request_count_metric.json": () => metric("ENDPOINT_REQUEST_COUNT"),
  "get_flow_id_200_get_endpoint_request_error_metric.json": () => metric("ENDPOINT_REQUEST_ERROR"),
  "get_flow_id_200_get_endpoint_request_error_rate_metric.json": () => metric("ENDPOINT_REQUEST_ERROR_RATE"),
  "get_flow_id_200_get_endpoint_request_latencies_metric.json": () => metric("ENDPOINT_REQUEST_LATENCY_SECONDS_CEIL"),
  "get_flow_id_200_get_flow.json": () =>
    get(
      `${flowId}?fields=name,status,categories,validation_errors,json_version,data_api_version,data_channel_uri,preview,application,health_status,whatsapp_business_account`,
    ),
  "get_flow_id_200_get_preview_url.json": () => get(`${flowId}?fields=preview.invalidate(false)`),
  "get_media_id_200_retrieve_media_url.json": async () => get(await aMediaId()),
  "get_phone_number_id_message_qrdls_200_default_fields.json": () => get(`${number}/message_qrdls`),
  "get_phone_number_id_message_qrdls_200_empty_response.json": async () => {
    const other = await aSandbox();
    const answer = await other.graph("GET", `${number}/message_qrdls`);
    await other.remove();
    return answer;
  },
  "get_phone_number_id_message_qrdls_200_single_qr_code.json": () => get(`${number}/message_qrdls/${qrCode}`),
  "get_phone_number_id_message_qrdls_200_with_qr_image.json": () =>
    get(`${number}/message_qrdls?fields=code,prefilled_message,deep_link_url,qr_image_url.format(SVG)`),
  "get_phone_number_id_settings_200_basic_settings_response.json": () => get(`${number}/settings`),
  "get_phone_number_id_settings_200_settings_with_sip_and_encryption.json": async () => {
    const sip = { status: "enabled" };
    await post(`${number}/settings`, { calling: { status: "enabled", sip, srtp_key_exchange_protocol: "DTLS-SRTP" } });
    await post(`${number}/settings`, { payload_encryption: { status: "enabled", client_encryption_key: "a2V5" } });
    await post(`${number}/settings`, { storage_configuration: { enabled: true, region: "us" } });
    return get(`${number}/settings`);
  },
  "get_waba_id_200_verified_account.json": () =>
    get(
      `${account}?fields=name,timezone_id,message_template_namespace,account_review_status,business_verification_status,country,ownership_type,primary_business_location`,
    ),
  "get_waba_id_flows_200_list_flows.json": () => get(`${account}/flows`),
  "get_waba_id_subscribed_apps_200_no_subscriptions.json": async () => {
    await remove(`${account}/subscribed_apps`);
    return get(`${account}/subscribed_apps`);
  },
  "post_flow_id_assets_200_upload_flow_json_asset.json": () => uploadBroken(),
  "post_phone_number_id_200_phone_registered.json": () =>
    post(`${number}/register`, { messaging_product: "whatsapp", pin: "123456" }),
  "post_phone_number_id_conversational_automation_200_success_response.json": () => post(automation, { prompts: [] }),
  "post_phone_number_id_conversational_automation_400_invalid_command_name.json": () =>
    post(automation, { commands: [{ command_name: "a b", command_description: "A" }] }),
  "post_phone_number_id_conversational_automation_400_prompt_too_long.json": () =>
    post(automation, { prompts: ["a".repeat(81)] }),
  "post_phone_number_id_conversational_automation_400_too_many_prompts.json": () =>
    post(automation, { prompts: ["a", "b", "c", "d"] }),
  "post_phone_number_id_conversational_automation_422_duplicate_command.json": () => {
    const command = { command_name: "help", command_description: "A" };
    return post(automation, { commands: [command, command] });
  },
  "post_phone_number_id_conversational_automation_422_phone_not_verified.json": async () => {
    await sandbox.control.call("POST", "number", { is_verified: false });
    const answer = await post(automation, { prompts: [] });
    await sandbox.control.call("POST", "number", { is_verified: true });
    return answer;
  },
  "post_phone_number_id_message_qrdls_200_created_qr_code_with_image.json": () =>
    post(`${number}/message_qrdls`, { prefilled_message: "Hi", generate_qr_image: "SVG" }),
  "post_phone_number_id_message_qrdls_200_updated_qr_code.json": () =>
    post(`${number}/message_qrdls`, { prefilled_message: "Hello", code: qrCode }),
  "post_phone_number_id_settings_200_settings_updated_successfully.json": () =>
    post(`${number}/settings`, { calling: { status: "enabled" } }),
  "post_waba_id_flows_200_create_flow.json": () => post(`${account}/flows`, { name: "Second", categories: ["OTHER"] }),
  "post_waba_id_phone_numbers_200_successful_creation.json": () =>
    post(`${account}/phone_numbers`, { cc: "1", phone_number: "16315559999", verified_name: "Third" }),
  "post_waba_id_subscribed_apps_200_basic_subscription_success.json": () => post(`${account}/subscribed_apps`),
};

const metric = (name: string) => get(`${flowId}?fields=metric.name(${name}).granularity(DAY)`);

async function aMediaId(): Promise<string> {
  const form = new FormData();
  form.set("messaging_product", "whatsapp");
  form.set("type", "image/png");
  form.set("file", new Blob(["png"], { type: "image/png" }), "a.png");
  return (await sendForm(`${number}/media`, form)).body.id as string;
}

async function uploadBroken() {
  const id = (await post(`${account}/flows`, { name: "Broken", categories: ["OTHER"] })).body.id ?? "";
  const form = new FormData();
  for (const [key, value] of [
    ["name", "flow.json"],
    ["asset_type", "FLOW_JSON"],
  ] as const)
    form.set(key, value);
  form.set("file", new Blob(["{"]));
  return sendForm(`${id}/assets`, form);
}

async function sendForm(path: string, form: FormData) {
  const headers = { authorization: `Bearer ${identity.token}` };
  const response = await fetch(`${sandbox.url}/${path}`, { method: "POST", body: form, headers });
  return {
    status: response.status,
    headers: response.headers,
    body: (await response.json()) as Record<string, unknown>,
  };
}

/** Keys of the sample that our answer does not have. Lists are compared by their first entries, where both have one. */
function missingKeys(theirs: Json | undefined, ours: unknown, at = ""): string[] {
  if (Array.isArray(theirs))
    return Array.isArray(ours) && ours.length > 0 ? missingKeys(theirs[0], ours[0], `${at}0.`) : [];
  if (theirs === null || typeof theirs !== "object") return [];
  return Object.entries(theirs).flatMap(([key, value]) => {
    const mine = ours !== null && typeof ours === "object" ? Reflect.get(ours, key) : undefined;
    return mine === undefined ? [`${at}${key}`] : missingKeys(value, mine, `${at}${key}.`);
  });
}

describe.skipIf(!hasSamples)("our answers and Meta's samples", () => {
  test.each(Object.keys(calls))("%s has the same keys", async (name) => {
    const sample = sampleOf("mgmt_responses", name);
    const answer = await calls[name]?.();
    expect(missingKeys(sample, answer?.body)).toEqual([]);
    expect(answer?.status).toBe(Number(/_(\d{3})_/.exec(name)?.[1]));
    if (!sample.error) return;
    const { fbtrace_id: _, ...error } = sample.error as JsonObject;
    expect(answer?.body.error).toMatchObject(error);
  });

  // The contract lays the profile out flat, as the product reads it; the sample wraps it.
  test("the business profile has the sample's keys", async () => {
    await post(
      `${number}/whatsapp_business_profile`,
      sampleOf("mgmt_requests", "post_phone_number_id_whatsapp_business_profile_complete_profile_update.json"),
    );
    const sample = sampleOf(
      "mgmt_responses",
      "get_phone_number_id_whatsapp_business_profile_200_business_profile_details.json",
    );
    const wrapped = (sample.data as JsonObject[])[0]?.business_profile;
    const answer = await get(`${number}/whatsapp_business_profile`);
    expect(missingKeys(wrapped, answer.body.data?.[0])).toEqual([]);
    const { profile_picture_url: _, ...texts } = wrapped as JsonObject;
    expect(answer.body.data?.[0]).toMatchObject(texts);
  });

  /** What this account never meets: foreign numbers, numbers under review, tokens of a narrower scope, Meta's own outages. */
  const neverMet = /^get_phone_number_id_(400|401|403|404|422|500)_/;
  test("no sample is left out unsaid", () => {
    const left = sampleNames("mgmt_responses").filter(
      (name) => !calls[name] && !neverMet.test(name) && !name.includes("whatsapp_business_profile_200"),
    );
    expect(left).toEqual([]);
  });

  test.each(sampleNames("template_responses"))("%s has the same keys", async (name) => {
    const sample = sampleOf("template_responses", name);
    await sandbox.control.call("POST", "schedule", { review_ms: 60_000 });
    const text = (words: string, more: object = {}) => ({ type: "BODY", text: words, ...more });
    const create = { language: "en_US", category: "MARKETING", components: [text("New offers are here.")] };
    const answer = name.startsWith("post")
      ? await sandbox.createTemplate({ ...create, name: `t_${name.replace(/\W/g, "_")}` })
      : await listed();
    expect(missingKeys(sample, answer.body)).toEqual([]);
    if (name.startsWith("post")) expect(answer.body.status).toBe("PENDING");
  });

  async function listed() {
    const id = sandbox.sandbox.world.templatesByKey.get("hello_world|en_US")?.id ?? "";
    await sandbox.control.call("POST", `templates/${id}/category`, { category: "MARKETING" });
    await sandbox.control.advance(24 * 3_600_000);
    return get(`${account}/message_templates`);
  }
});
