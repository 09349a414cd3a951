import GreatDetail from "@great-detail/whatsapp";
import { WhatsAppClient } from "@kapso/whatsapp-cloud-api";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { aSandbox, identity } from "../sandbox.fixture.ts";

let sandbox: Awaited<ReturnType<typeof aSandbox>>;
let kapso: WhatsAppClient;
let greatDetail: GreatDetail;
const { phoneNumberId, accountId } = identity;

beforeAll(async () => {
  sandbox = await aSandbox();
  kapso = new WhatsAppClient({ baseUrl: sandbox.url, graphVersion: "v25.0", accessToken: identity.token });
  greatDetail = new GreatDetail({
    baseUrl: sandbox.url,
    graphVersion: "v25.0",
    request: { headers: { Authorization: `Bearer ${identity.token}` } },
  });
});
afterAll(() => sandbox.remove());

describe("the client of kapso", () => {
  test("registers and deregisters the number and understands what is refused", async () => {
    const { phoneNumbers } = kapso;
    expect(await phoneNumbers.register({ phoneNumberId, pin: "123456" })).toEqual({ success: true });
    expect(await phoneNumbers.deregister({ phoneNumberId })).toEqual({ success: true });
    await expect(phoneNumbers.register({ phoneNumberId, pin: "123456" })).rejects.toMatchObject({ code: 133_015 });
    await sandbox.control.call("POST", "number", { status: "CONNECTED" });
  });

  test("changes and reads settings and profile", async () => {
    const { settings, businessProfile } = kapso.phoneNumbers;
    await settings.update({ phoneNumberId, calling: { status: "ENABLED", callIconVisibility: "DEFAULT" } });
    expect(await settings.get({ phoneNumberId })).toMatchObject({
      calling: { status: "enabled", callIconVisibility: "default" },
    });
    await businessProfile.update({ phoneNumberId, about: "A bank", websites: ["https://b.test"] });
    expect(await businessProfile.get({ phoneNumberId, fields: "about,websites" })).toMatchObject({
      data: [{ about: "A bank", websites: ["https://b.test"] }],
    });
  });

  test("deploys a flow, reads it, publishes it and takes it back", async () => {
    const screen = {
      id: "FORM",
      title: "Form",
      terminal: true,
      layout: { type: "SingleColumnLayout", children: [{ type: "Footer", label: "Done" }] },
    };
    const flowJson = { version: "6.0", screens: [screen] };
    const { flowId, previewUrl } = await kapso.flows.deploy(flowJson, {
      name: "Loan",
      wabaId: accountId,
      categories: ["OTHER"],
      preview: true,
    });
    expect(previewUrl).toContain(flowId);
    expect(await kapso.flows.updateAsset({ flowId, json: flowJson })).toMatchObject({ success: true });
    expect(await kapso.flows.publish({ flowId })).toEqual({ success: true });
    expect(await kapso.flows.get({ flowId, fields: "status" })).toEqual({ id: flowId, status: "PUBLISHED" });
    expect(await kapso.flows.list({ wabaId: accountId })).toMatchObject({ data: [{ id: flowId, name: "Loan" }] });
    expect(await kapso.flows.deprecate({ flowId })).toEqual({ success: true });
  });
});

describe("the client of great-detail", () => {
  test("changes and reads the profile, commands and subscription", async () => {
    const { businessProfile, conversationalAutomation, subscribedApps } = greatDetail;
    const changed = businessProfile.updateBusinessProfile({ phoneNumberID: phoneNumberId, description: "We lend." });
    expect(await changed.json()).toEqual({ success: true });
    const profile = await businessProfile
      .getBusinessProfile({ phoneNumberID: phoneNumberId, fields: ["description"] })
      .json();
    expect(profile).toEqual({ data: [{ description: "We lend.", messaging_product: "whatsapp" }] });
    const commands = [{ command_name: "help", command_description: "Get help" }];
    const set = conversationalAutomation.setConversationalAutomation({
      phoneNumberID: phoneNumberId,
      commands,
      prompts: [],
    });
    expect(await set.json()).toEqual({ success: true });
    expect(await subscribedApps.createSubscription({ businessAccountID: accountId }).json()).toEqual({ success: true });
    const listed = await subscribedApps.listSubscriptions({ businessAccountID: accountId }).json();
    expect(listed.data).toHaveLength(1);
  });

  test("finds a template in the library and makes it", async () => {
    const library: unknown = await greatDetail.template
      .listLibrary({ usecase: "LOW_BALANCE_WARNING", language: "en_US" })
      .json();
    expect(library).toMatchObject({
      data: [{ name: "low_balance_warning_1", body_param_types: ["TEXT", "NUMBER", "AMOUNT"] }],
    });
    const created = await greatDetail.template
      .create(accountId, {
        name: "our_warning",
        library_template_name: "low_balance_warning_1",
        category: "UTILITY",
        language: "en_US",
      })
      .json();
    expect(created).toMatchObject({ status: "APPROVED" });
    const removed = greatDetail.template.delete(accountId, { name: "our_warning", hsm_id: created.id });
    expect(await removed.json()).toEqual({ success: true });
  });

  test("reads the account", async () => {
    const account = await greatDetail.whatsappBusinessAccount
      .get(accountId, { fields: ["name", "timezone_id"] })
      .json();
    expect(account).toEqual({ id: accountId, name: "Sandbox Bank", timezone_id: "1" });
  });
});
