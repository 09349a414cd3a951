import { expect, type Page, test } from "@playwright/test";
import { FlowEditor } from "./pages/flow-editor.ts";
import { SandboxPhones } from "./pages/sandbox-phones.ts";
import { signInAs } from "./pages/sign-in.ts";

test("The first steps tick themselves off while somebody new goes through them", async ({ page }) => {
  await signInAs(page, "maker");
  await page.goto("/");
  await step(page, "Send an event").click();
  await runSnippet(await page.locator("pre").first().innerText());
  await expectDone(page, "Send an event");

  const phones = new SandboxPhones(page);
  await phones.open();
  await expect(phones.messages("Awa Diallo", /il nous manque encore un document/).last()).toBeVisible();
  await phones.tap("Awa Diallo", "Aide");
  await page.goto("/");
  await expectDone(page, "Look at the phone and answer");

  await step(page, "Open the flow and change it").click();
  await page.getByRole("link", { name: /^Open .*KYC/ }).click();
  const editor = new FlowEditor(page);
  await editor.select(editor.steps.first());
  await editor.title(`Identity is missing ${Date.now()}`);
  await editor.publish(/v\d+ active/);
  await page.goto("/");
  await expectDone(page, "Open the flow and change it");
  await expectDone(page, "Publish your change");
});

const step = (page: Page, title: string) => page.getByRole("button", { name: new RegExp(title) });

async function expectDone(page: Page, title: string): Promise<void> {
  await expect(step(page, title).getByText("Done", { exact: true })).toBeVisible();
}

/** Sends what the snippet's curl would send. Reads it as a shell would, and does not need curl on the machine. */
async function runSnippet(curl: string): Promise<void> {
  const [, address = ""] = /^curl (\S+)/.exec(curl) ?? [];
  const [, key = ""] = /-u '([^']*)'/.exec(curl) ?? [];
  const [, body = ""] = /-d '([\s\S]*)'/.exec(curl) ?? [];
  const authorization = `Basic ${Buffer.from(key).toString("base64")}`;
  const headers = { "content-type": "application/json", authorization };
  const answer = await fetch(address, { method: "POST", headers, body });
  expect(answer.status, `${curl}\n${await answer.text()}`).toBeLessThan(300);
}
