import { expect, type Page } from "@playwright/test";
import { Authenticator } from "../authenticator.ts";

/** Sets one's second factor up under Your settings. Answers the app and the recovery codes. */
export async function setUpSecondFactor(
  page: Page,
  password: string,
): Promise<{ app: Authenticator; codes: string[] }> {
  await page.goto("/account");
  await page.getByRole("button", { name: "Set up…" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Your password").fill(password);
  await dialog.getByRole("button", { name: "Next" }).click();
  const app = new Authenticator(await dialog.getByTestId("typed-secret").innerText());
  await dialog.getByLabel("Code that the app shows now").fill(await app.nextCode());
  await dialog.getByRole("button", { name: "Turn on" }).click();
  await expect(dialog.getByRole("heading", { name: "Keep these recovery codes" })).toBeVisible();
  const codes = await dialog.getByRole("listitem").allInnerTexts();
  await dialog.getByRole("button", { name: "I have kept them" }).click();
  await expect(page.getByText("10 recovery codes are left.")).toBeVisible();
  return { app, codes };
}
