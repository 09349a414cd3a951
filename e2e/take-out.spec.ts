import { expect, test } from "@playwright/test";
import { kycReminder } from "#flow/starters/kyc-reminder.ts";
import { addCrowd } from "./crowd.ts";
import { findings } from "./find-with-axe.ts";
import { openContact } from "./pages/contact.ts";
import { signInAs } from "./pages/sign-in.ts";
import { takenFor } from "./provider.ts";
import { sendEvent } from "./send-event.ts";
import { startFlow } from "./start-flow.ts";

test("An agent takes somebody out of a flow, and the page says so by itself", async ({ page, baseURL }) => {
  const url = baseURL ?? "";
  const name = `Take-out story ${Date.now()}`;
  const event = await startFlow(url, { name, event: "takeout.story", graph: kycReminder.graph });
  const [customer] = await addCrowd(url, 1);
  if (!customer) throw new Error("A crowd of one has one person.");
  await sendEvent(url, { userId: customer.userId, event, properties: { missing: ["proof of address"] } });
  await expect.poll(async () => (await takenFor([customer])).length).toBe(1);

  await signInAs(page, "agent");
  await openContact(page, customer.userId);
  const way = page.getByRole("main").getByRole("listitem").filter({ hasText: name });
  await expect(way).toContainText("moves on");
  await way.getByRole("button", { name: `Take out of ${name}` }).click();
  const question = page.getByRole("alertdialog");
  await expect(question).toContainText(`Take Yaw ${customer.lastName} out of “${name}”?`);
  expect(await findings(page)).toEqual([]);
  await question.getByRole("button", { name: "Take out", exact: true }).click();
  await expect(way).toContainText("taken out", { timeout: 20_000 });
  await expect(way.getByRole("button")).toHaveCount(0);
});
