import { expect, test } from "@playwright/test";
import { drawPicture } from "#scripts/shots/draw-picture.ts";
import { fillPhones } from "#scripts/shots/fill-phones.ts";
import { sandboxCalls } from "#scripts/shots/sandbox-calls.ts";
import { demoCustomers } from "#server/demo/demo-customers.ts";
import { findings } from "./find-with-axe.ts";
import { openContact } from "./pages/contact.ts";
import { SandboxPhones } from "./pages/sandbox-phones.ts";
import { signInAs } from "./pages/sign-in.ts";

const sandboxUrl = `http://127.0.0.1:${process.env.SANDBOX_PORT ?? "3100"}`;
const phoneOf = (id: string) =>
  (demoCustomers.find((customer) => customer.externalId === id)?.phone ?? "").replace(/\D/g, "");
const kwame = phoneOf("demo-kwame");
const who = "Kwame Mensah";

test.beforeEach(({ page }) => signInAs(page, "agent"));

test("A customer taps, picks a row, quotes, reacts and sends a file, and each of it reaches the business", async ({
  page,
}) => {
  const calls = await sandboxCalls(sandboxUrl);
  const phones = new SandboxPhones(page);
  const run = Date.now().toString(36);
  await calls.say(kwame, `Hello ${run}`);
  await calls.send(kwame, {
    type: "interactive",
    interactive: {
      type: "button",
      body: { text: `Shall we call you ${run}?` },
      action: { buttons: [{ type: "reply", reply: { id: "yes", title: `Yes ${run}` } }] },
    },
  });
  await calls.send(kwame, {
    type: "interactive",
    interactive: {
      type: "list",
      body: { text: `What about ${run}?` },
      action: {
        button: `Topics ${run}`.slice(0, 20),
        sections: [{ title: "Cards", rows: [{ id: "lost", title: `Lost card ${run}`, description: "We block it" }] }],
      },
    },
  });
  await phones.open();
  await phones.tap(who, `Yes ${run}`);
  await expect(phones.messages(who, `Yes ${run}`)).toHaveCount(2);
  await expect(phones.phone(who).getByRole("button", { name: `Yes ${run}` })).toBeDisabled();

  await phones.tap(who, `Topics ${run}`.slice(0, 20));
  await expect(phones.sheet(who).getByRole("button", { name: "Send" })).toBeDisabled();
  await phones
    .sheet(who)
    .getByRole("radio", { name: `Lost card ${run}` })
    .check();
  await phones.sheet(who).getByRole("button", { name: "Send" }).click();
  await expect(phones.sheet(who)).toHaveCount(0);
  await expect(phones.messages(who, `Lost card ${run}`)).toBeVisible();

  await phones.attach(who, {
    name: `proof-${run}.pdf`,
    mimeType: "application/pdf",
    buffer: Buffer.from("%PDF-1.7 proof"),
  });
  const file = phones.phone(who).getByRole("link", { name: new RegExp(`proof-${run}.pdf`) });
  await expect(file).toBeVisible();
  const bytes = await page.request.get((await file.getAttribute("href")) ?? "");
  expect(await bytes.text()).toBe("%PDF-1.7 proof");

  const asked = phones
    .phone(who)
    .locator("[data-wamid]")
    .filter({ hasText: `What about ${run}?` })
    .first();
  await asked.hover();
  await asked.getByRole("button", { name: "Message options" }).click();
  await page.getByRole("menuitem", { name: "React with 👍" }).click();
  await expect(asked.getByText("👍")).toBeVisible();

  await page.getByText("API and webhooks").click();
  await page
    .getByRole("button", { name: /Call to WhatsApp.*list/ })
    .first()
    .click();
  await expect(page.getByRole("dialog")).toContainText(`What about ${run}?`);
});

test("A form is filled in screen by screen, and its answers come back with the token", async ({ page }) => {
  const calls = await sandboxCalls(sandboxUrl);
  const name = `survey_${Date.now().toString(36)}`;
  const isKept = await calls.makeFlow(name, survey);
  test.skip(!isKept, "this sandbox keeps no flows");
  await calls.say(kwame, "Hello");
  await calls.send(kwame, {
    type: "interactive",
    interactive: {
      type: "flow",
      body: { text: "Two questions" },
      action: {
        name: "flow",
        parameters: { flow_message_version: "3", flow_name: name, flow_cta: "Begin", flow_token: `token-${name}` },
      },
    },
  });
  const phones = new SandboxPhones(page);
  await phones.open();
  await phones.tap(who, "Begin");
  const sheet = phones.sheet(who);
  await sheet.getByRole("button", { name: "Continue" }).click();
  await expect(sheet.getByRole("alert")).toHaveText("One answer is missing");
  await sheet.getByLabel("Your city").fill("Accra");
  await sheet.getByRole("button", { name: "Continue" }).click();
  await sheet.getByRole("radio", { name: "Monthly" }).check();
  await sheet.getByRole("button", { name: "Send it" }).click();
  await expect(sheet).toHaveCount(0);
  await expect(phones.phone(who).getByRole("log")).toContainText("Accra");
  const traffic = JSON.stringify(await calls.read(`traffic?with=${kwame}`));
  expect(traffic).toContain(`token-${name}`);
});

const survey = {
  version: "6.3",
  screens: [
    {
      id: "WHERE",
      title: "About you",
      data: {},
      layout: {
        type: "SingleColumnLayout",
        children: [
          { type: "TextHeading", text: "Where do you live?" },
          { type: "TextInput", name: "city", label: "Your city", "input-type": "text", required: true },
          {
            type: "Footer",
            label: "Continue",
            "on-click-action": {
              name: "navigate",
              next: { type: "screen", name: "WHEN" },
              payload: { city: ["$", "{form.city}"].join("") },
            },
          },
        ],
      },
    },
    {
      id: "WHEN",
      title: "Your pay",
      terminal: true,
      success: true,
      data: { city: { type: "string", __example__: "Accra" } },
      layout: {
        type: "SingleColumnLayout",
        children: [
          {
            type: "RadioButtonsGroup",
            name: "pay",
            label: "How often are you paid?",
            required: true,
            "data-source": [
              { id: "m", title: "Monthly" },
              { id: "w", title: "Weekly" },
            ],
          },
          {
            type: "Footer",
            label: "Send it",
            "on-click-action": {
              name: "complete",
              payload: { city: ["$", "{data.city}"].join(""), pay: ["$", "{form.pay}"].join("") },
            },
          },
        ],
      },
    },
  ],
};

test("A phone that is off keeps one tick and catches up; STOP and the chat's own switch reach the business", async ({
  page,
}) => {
  const calls = await sandboxCalls(sandboxUrl);
  const phones = new SandboxPhones(page);
  const run = Date.now().toString(36);
  await calls.say(kwame, "Hello");
  await phones.open();
  await phones.phone(who).getByRole("switch", { name: "Phone on" }).click();
  await expect(phones.phone(who).getByText("Phone is off")).toBeVisible();
  await calls.send(kwame, { type: "text", text: { body: `While you were away ${run}` } });
  const line = phones
    .phone(who)
    .locator("[data-wamid]")
    .filter({ hasText: `While you were away ${run}` });
  await expect(line).toContainText("Sent");
  await phones.phone(who).getByRole("button", { name: "Turn on" }).click();
  await expect(line).toContainText("Read");

  await phones.choose(who, "Stop offers and announcements");
  await expect(phones.phone(who).getByText("Offers and announcements are stopped")).toBeVisible();
  await phones.choose(who, "Resume offers and announcements");
  await expect(phones.phone(who).getByText("Offers and announcements are stopped")).toHaveCount(0);

  await phones.say(who, "STOP");
  await openContact(page, "demo-kwame");
  await expect(page.getByText("Service: Withdrawn").first()).toBeVisible();
  await phones.open();
  await phones.say(who, "START");
  await openContact(page, "demo-kwame");
  await expect(page.getByText("Service: Agreed").first()).toBeVisible();
});

test("Phones are closed, brought back and moved, and the address keeps which", async ({ page }) => {
  const phones = new SandboxPhones(page);
  await phones.open();
  const names = page.getByRole("article");
  const all = await names.count();
  await page.getByRole("button", { name: "Place of Awa Diallo" }).click();
  await page.getByRole("menuitem", { name: "Move right" }).click();
  await expect(names.nth(1)).toHaveAccessibleName("Awa Diallo");
  await page.getByRole("button", { name: "Place of Awa Diallo" }).click();
  await page.getByRole("menuitem", { name: "Close this phone" }).click();
  await expect(names).toHaveCount(all - 1);
  await page.reload();
  await expect(names).toHaveCount(all - 1);
  await page.getByRole("button", { name: "Add a phone" }).click();
  await page.getByRole("menuitem", { name: "Awa Diallo" }).click();
  await expect(names.last()).toHaveAccessibleName("Awa Diallo");
});

test("Phones full of every kind of message leave axe nothing serious to say, in light and dark", async ({
  page,
  browser,
}) => {
  await fillPhones({ sandboxUrl }, await drawPicture(browser));
  await page.emulateMedia({ reducedMotion: "reduce", colorScheme: "light" });
  const phones = new SandboxPhones(page);
  await phones.open();
  await expect(phones.messages("Priya Nair", "Thank you, Priya.").last()).toBeVisible();
  expect(await findings(page)).toEqual([]);
  await phones.tap(who, "Options");
  await expect(phones.sheet(who)).toBeVisible();
  expect(await findings(page)).toEqual([]);
  await page.emulateMedia({ reducedMotion: "reduce", colorScheme: "dark" });
  await expect(page.locator("html")).toHaveClass(/dark/);
  expect(await findings(page)).toEqual([]);
});
