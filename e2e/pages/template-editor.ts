import { expect, type Page } from "@playwright/test";
import { callVerb } from "../call-verb.ts";
import { Approvals } from "./approvals.ts";
import { signInAs } from "./sign-in.ts";

/** A text of the gallery under a name of this run's own, in English, made by the maker and approved by the checker and WhatsApp. Answers its address. */
export async function approvedTemplate(page: Page, { name, from }: { name: string; from: string }): Promise<string> {
  await signInAs(page, "maker");
  const made = await callVerb(page, "templates.create", { name, category: "utility", languages: ["en"], from });
  expect(made.status(), await made.text()).toBe(200);
  const address = `/templates/${/"templateId":"([0-9a-f-]{36})"/.exec(await made.text())?.[1]}`;
  await page.goto(address);
  await page.getByRole("button", { name: "Ask for approval" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Why should this go live?").fill("Customers ask whether their payment came.");
  await dialog.getByRole("button", { name: "Ask for approval" }).click();
  await expect(page.getByRole("button", { name: "In review" })).toBeVisible();
  await signInAs(page, "checker");
  await new Approvals(page).approve(name);
  await page.goto(`/templates?search=${name}`);
  await expect(page.getByRole("row").filter({ hasText: name })).toContainText("Approved");
  return address;
}
