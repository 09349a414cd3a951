import { type Cookie, expect, type Page } from "@playwright/test";
import { callVerb, productUrl } from "../call-verb.ts";

export type Person = "owner" | "maker" | "checker" | "second-checker" | "agent" | "analyst";

const password = process.env.CHASQUI_DEMO_PASSWORD ?? "chasqui-demo";

/** The sessions that stories have begun, for those that follow: a password takes its time to be checked. */
const sessions = new Map<Person, Cookie[]>();

/** Is signed in as a demo person, in English, without a look at the sign-in page, which has stories of its own. */
export async function signInAs(page: Page, person: Person): Promise<void> {
  const session = sessions.get(person);
  await page.context().clearCookies();
  if (session) await page.context().addCookies(session);
  else await signIn(page, `${person}@demo.test`);
  sessions.set(person, await page.context().cookies());
  const chosen = await callVerb(page, "me.setLanguage", { language: "en" });
  expect(chosen.status(), await chosen.text()).toBe(200);
}

/** Signs in as anybody who has the demo password. Whoever was signed in before in this browser is not any more. */
export async function signIn(page: Page, email: string): Promise<void> {
  const headers = { origin: productUrl() };
  const answer = await page.request.post("/api/auth/sign-in/email", { headers, data: { email, password } });
  expect(answer.status(), await answer.text()).toBe(200);
}

/** Signs in by one press on a demo person, as the sign-in page offers it. */
export async function pressPerson(page: Page, name: string): Promise<void> {
  await page.goto("/sign-in");
  await page.getByRole("button", { name: new RegExp(`^${name}`) }).click();
  await page.waitForURL((url) => url.pathname === "/");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
}
