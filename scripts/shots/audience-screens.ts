import type { Page } from "@playwright/test";
import type { Screen } from "./screen.ts";

const opensSegment = async (page: Page) => {
  await page.getByRole("link", { name: "Ready for a loan" }).click();
  await page.waitForURL(/audiences\/[0-9a-f-]{36}/);
  await page.getByRole("table").getByRole("link").first().waitFor();
};

const rows = [
  "customer_id,phone,country,first_name,last_name,email,credit_score,opt_in_source,opt_in_at",
  "C-70001,+221 77 000 41 09,SN,Mariama,Diallo,mariama@example.com,712,branch form,2026-10-14",
  "C-70002,77 000 12,SN,Kwame,Boateng,kwame@example.com,688,branch form,2026-10-15",
  "C-70003,+225 07 08 09 10 11,CI,Aminata,Koné,aminata@example.com,731,branch form,31/02/2026",
  "C-70004,+57 301 234 5678,CO,Diego,Cárdenas,diego@example.com,694,,",
  "C-70005,+221 77 000 41 10,Sénégal,Étienne,Rousseau,etienne@example.com,745,branch form,2026-10-16",
].join("\n");

const sheetOf = (page: Page) => page.getByRole("dialog");

const choosesFile = async (page: Page) => {
  await page.getByRole("button", { name: /^(Import contacts|Importer des contacts)$/ }).click();
  const file = { name: "november-salaries.csv", mimeType: "text/csv", buffer: Buffer.from(rows) };
  await sheetOf(page).locator("input[type=file]").setInputFiles(file);
  await sheetOf(page).getByRole("checkbox").first().click();
};

const imports = async (page: Page) => {
  await choosesFile(page);
  await sheetOf(page)
    .getByRole("button", { name: /^(Look at|Voir)/ })
    .click();
  await sheetOf(page)
    .getByRole("button", { name: /^(Import|Importer) \d/ })
    .click();
  await sheetOf(page)
    .getByText(/^(Done|Terminé)/)
    .waitFor();
  await sheetOf(page)
    .getByRole("heading", { name: /^(Rows to look at|Lignes à)/ })
    .waitFor();
};

/** Segments and contacts from a file. */
export const audienceScreens: Screen[] = [
  { name: "audiences", path: "/audiences", as: "maker" },
  { name: "segment", path: "/audiences", as: "maker", act: opensSegment },
  { name: "import-columns", path: "/audiences", as: "maker", act: choosesFile },
  { name: "import", path: "/audiences", as: "maker", act: imports },
];
