import { expect, test } from "@playwright/test";
import { Backtest } from "./pages/backtest.ts";
import { FlowEditor } from "./pages/flow-editor.ts";
import { signInAs } from "./pages/sign-in.ts";
import { TestBench } from "./pages/test-bench.ts";

const numberIn = async (text: Promise<string | null>) => Number((await text)?.replaceAll(/\D/g, ""));

const openFlow = async (page: Parameters<typeof signInAs>[0], name: string) => {
  await page.goto("/flows");
  await page.getByRole("link", { name }).first().click();
  await expect(page.getByTestId("step").first()).toBeVisible();
};

test("A marketer sees what a draft would have done last month", async ({ page }) => {
  await signInAs(page, "maker");
  await openFlow(page, "KYC reminder");
  const backtest = new Backtest(page);
  await backtest.open();
  await backtest.run();
  const entered = await numberIn(backtest.figure("Would enter").textContent());
  expect(entered).toBeGreaterThan(0);
  expect(await numberIn(backtest.compared("Entered", 1).textContent())).toBe(entered);
  await expect(page.getByTestId("step").first()).toHaveAttribute("data-run", "done");
  await backtest.people.first().click();
  const opened = page.getByRole("button", { expanded: true });
  await expect(backtest.drawer.getByRole("listitem").filter({ has: opened }).first()).toContainText("First reminder");
});

test("A kept test run has to come out the same before a flow is published", async ({ page }) => {
  await signInAs(page, "maker");
  const editor = new FlowEditor(page);
  await editor.openBlank();
  await editor.rename("With a case");
  await editor.add("trigger-event");
  await editor.pick("When this event arrives", "kyc.incomplete");
  await editor.add("wait");
  const leaves = await editor.add("exit");
  await editor.tidyUp();

  const bench = new TestBench(page);
  await bench.open();
  await bench.start("Somebody invented");
  await bench.skip();
  await bench.saveCase("Waits, then leaves");
  await expect(bench.cases("1 of 1 case passes")).toBeVisible();
  await bench.close();

  await editor.select(leaves);
  await page.keyboard.press("Delete");
  await bench.open();
  await expect(bench.cases("0 of 1 case passes")).toBeVisible();
  await bench.cases("0 of 1 case passes").click();
  await expect(page.getByText("Left at an exit")).toBeVisible();
  await expect(page.getByText("Came to the end")).toBeVisible();
});
