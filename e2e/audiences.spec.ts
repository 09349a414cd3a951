import { expect, test } from "@playwright/test";
import { findings } from "./find-with-axe.ts";
import { FlowEditor } from "./pages/flow-editor.ts";
import { signInAs } from "./pages/sign-in.ts";

test.describe.configure({ mode: "serial" });

const stamp = Date.now().toString().slice(-6);
const segmentName = `From the file ${stamp}`;
const tag = `file-${stamp}`;

const file = [
  "customer_id,phone,first_name,tags,opt_in_source",
  ...[1, 2, 3].map(
    (number) => `story-${stamp}-${number},+22177000${stamp.slice(-3)}${number},Person ${number},${tag},branch`,
  ),
  `story-${stamp}-4,+22177000,Too short,${tag},branch`,
].join("\n");

test("A marketer imports a file, looks at the row that is wrong and mends it", async ({ page }) => {
  await signInAs(page, "maker");
  await page.goto("/audiences");
  await page.getByRole("button", { name: "Import contacts" }).click();
  const sheet = page.getByRole("dialog", { name: "Import contacts" });
  await sheet
    .locator("input[type=file]")
    .setInputFiles({ name: "november.csv", mimeType: "text/csv", buffer: Buffer.from(file) });
  await expect(sheet.getByText("What is in each column?")).toBeVisible();
  await sheet.getByRole("checkbox", { name: "Service messages" }).click();
  expect(await findings(page)).toEqual([]);
  await sheet.getByRole("button", { name: "Look at the first rows" }).click();
  await expect(sheet.getByText("Person 1", { exact: true })).toBeVisible();
  await sheet.getByRole("button", { name: "Import 4 rows" }).click();
  await expect(sheet.getByText("Done: 3 people are in.")).toBeVisible();
  await sheet.getByRole("button", { name: "Fix" }).click();
  await sheet.getByLabel("New value of phone in row 5").fill(`+22177000${stamp.slice(-3)}4`);
  await sheet.getByRole("button", { name: "Take it" }).click();
  await expect(sheet.getByText("Done: 4 people are in.")).toBeVisible();
  expect(await findings(page)).toEqual([]);
});

test("A segment of them says at once how many they are", async ({ page }) => {
  await signInAs(page, "maker");
  await page.goto("/audiences/new");
  await page.getByLabel("Name of the segment").fill(segmentName);
  await page.getByRole("button", { name: "Condition", exact: true }).click();
  await page.getByRole("combobox", { name: "Line 1: value" }).click();
  await page.getByPlaceholder("Search values").fill("contact.tags");
  await page.getByRole("option").first().click();
  await page.getByRole("textbox", { name: "Line 1: compared with" }).fill(tag);
  const count = page.getByRole("region", { name: "How many people match" });
  await expect(count.getByText("people, now")).toBeVisible();
  await expect(count.getByText("4", { exact: true }).first()).toBeVisible();
  await expect(count.getByRole("link", { name: "Person 1" })).toBeVisible();
  expect(await findings(page)).toEqual([]);
  await page.getByRole("button", { name: "Save segment" }).click();
  await expect(page).toHaveURL(/\/audiences\/[0-9a-f-]{36}/);
});

test("What is sent to them starts once for each, and shows its progress", async ({ page }) => {
  await signInAs(page, "maker");
  await page.goto("/audiences");
  await page.getByRole("link", { name: segmentName }).click();
  await page.getByRole("button", { name: "Send to these people" }).click();
  await page.waitForURL(/\/flows\/[0-9a-f-]{36}/);
  const editor = new FlowEditor(page);
  await editor.rename(`Broadcast ${stamp}`);
  await editor.select(editor.steps.first());
  await editor.choose("How often", "At once, when it is published");
  await editor.add("wait");
  await editor.publish();
  await page.goto("/audiences?tab=broadcasts");
  const row = page.getByRole("region", { name: `Broadcast ${stamp}` });
  await expect(row.getByText("Done")).toBeVisible();
  await expect(row.getByText("4 of 4 people let in")).toBeVisible();
  expect(await findings(page)).toEqual([]);
});
