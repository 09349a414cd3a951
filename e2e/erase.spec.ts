import { expect, type Page, test } from "@playwright/test";
import { kycReminder } from "#flow/starters/kyc-reminder.ts";
import { askRest } from "./ask-rest.ts";
import { addCrowd, type Customer } from "./crowd.ts";
import { openContact } from "./pages/contact.ts";
import { SandboxPhones } from "./pages/sandbox-phones.ts";
import { signInAs } from "./pages/sign-in.ts";
import { takenFor } from "./provider.ts";
import { sendEvent } from "./send-event.ts";
import { startFlow } from "./start-flow.ts";

test("Somebody erased while they wait in a flow gets nothing more, and no screen knows them; who stands beside them goes on", async ({
  page,
  baseURL,
}) => {
  const url = baseURL ?? "";
  const name = `Erase story ${Date.now()}`;
  const event = await startFlow(url, { name, event: "erase.story", graph: kycReminder.graph });
  const [erased, neighbour] = await addCrowd(url, 2);
  if (!erased || !neighbour) throw new Error("A crowd of two has two people.");
  const got = async (customer: Customer) => (await takenFor([customer])).length;
  for (const { userId } of [erased, neighbour])
    await sendEvent(url, { userId, event, properties: { missing: ["proof of address"] } });
  for (const customer of [erased, neighbour]) await expect.poll(() => got(customer)).toBe(1);

  await signInAs(page, "owner");
  await openContact(page, erased.userId);
  const address = new URL(page.url()).pathname;
  const contactId = address.split("/").at(-1) ?? "";
  await expect(page.getByRole("listitem").filter({ hasText: name })).toContainText("moves on");
  await page.getByRole("button", { name: "Erase", exact: true }).click();
  const question = page.getByRole("alertdialog");
  await expect(question).toContainText(`Erase Yaw ${erased.lastName} for good?`);
  await question.getByRole("button", { name: "Erase for good" }).click();
  await expect(page.getByText(/^Erased, with 1 message/)).toBeVisible();
  await page.waitForURL((place) => place.pathname === "/contacts");

  const rest = await askRest(url, `/v1/contacts/${contactId}`);
  expect(rest.status).toBe(404);
  expect((await askRest(url, `/v1/contacts/external:${erased.userId}`)).status).toBe(404);
  await expectNameless(page, erased, { address, says: "This person is not in your workspace." });
  await expectNameless(page, erased, { address: `/contacts?search=${erased.userId}`, says: "Nobody matches" });
  await expectNameless(page, erased, { address: `/messages?contact=${contactId}`, says: "No message in this tab" });
  await expectNameless(page, erased, { address: `/settings/audit?about=${contactId}`, says: "Contact erased" });
  await expect(page.getByRole("main").getByText("Contact erased")).toHaveCount(1);

  const phones = new SandboxPhones(page);
  await phones.open();
  await phones.skip("+24 h");
  await expect.poll(() => got(neighbour), "the second reminder of who was not erased").toBe(2);
  expect(await got(erased)).toBe(1);
});

/** A screen that has loaded, as its words show, has no name and no number of theirs. */
async function expectNameless(
  page: Page,
  { lastName, phone }: Customer,
  { address, says }: { address: string; says: string },
): Promise<void> {
  await page.goto(address);
  const main = page.getByRole("main");
  await expect(main.getByText(says).first()).toBeVisible();
  await expect(main).not.toContainText(lastName);
  await expect(main).not.toContainText(phone.slice(-7));
}
