import type { Page } from "@playwright/test";
import { atRest } from "../testing/at-rest.ts";
import { changeFlow } from "./change-flow.ts";
import type { Screen } from "./screen.ts";

/** A new template of a name of its own, with a body in the language of the screens or with WhatsApp's text. */
const beginTemplate = async (page: Page, { category, body }: { category: RegExp; body: string | null }) => {
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel(/^(Name|Nom)$/).fill(`look_${Date.now()}`);
  await dialog.getByRole("radio", { name: category }).click();
  await dialog.getByRole("button", { name: /^(Write the message|Écrire le message)$/ }).click();
  await page.waitForURL(/templates\/[0-9a-f-]{36}/);
  await page
    .getByRole("region", { name: /^(Phone in|Téléphone)/ })
    .first()
    .waitFor();
  if (body !== null) await page.getByLabel(/^(Body|Corps)$/).fill(body);
  await page.waitForLoadState("networkidle");
};

/** As if the person had a second factor and had not shown it for long: the server asks for it before this act. */
const asksForCode = (page: Page, procedure: string) =>
  page.route(
    (url) => url.pathname.includes(procedure),
    (route) =>
      route.fulfill({
        status: 200,
        json: [
          {
            error: {
              json: {
                message: "Confirm it is you.",
                code: -32003,
                data: { code: "FORBIDDEN", httpStatus: 403, detail: { secondFactor: "confirm" } },
              },
            },
          },
        ],
      }),
  );

/** Chooses a changed step of two compared flows, so that its fields show. */
const chooseChange = async (page: Page) => {
  await page.getByTestId("diff-step").first().waitFor();
  await page
    .getByRole("button", { name: /^(Changed|Modifiée?)\b/ })
    .first()
    .click();
  // The canvas glides to it.
  await atRest(page);
};

/** Templates, their studio, and the queue in which they and flows are approved. */
export const templateScreens: Screen[] = [
  {
    name: "templates",
    path: "/templates",
    as: "maker",
    act: (page) => page.locator("tbody a").first().waitFor(),
  },
  {
    name: "template-editor",
    path: "/templates",
    as: "maker",
    act: async (page) => {
      await page.locator("tbody a").first().click();
      await page.waitForURL(/templates\/.+/);
      await page
        .getByRole("region", { name: /^(Phone in|Téléphone)/ })
        .first()
        .waitFor();
      await page.waitForLoadState("networkidle");
    },
  },
  {
    name: "approvals",
    path: "/approvals",
    as: "checker",
    act: async (page) => {
      await page.getByRole("link", { name: /instalment_reminder/ }).click();
      await page.getByRole("log").first().waitFor();
    },
  },
  {
    name: "flow-history",
    path: "/flows",
    as: "maker",
    fitsPhone: true,
    act: async (page) => {
      const flowId = await changeFlow(page);
      await page.goto(`/flows/${flowId}/history`, { waitUntil: "networkidle" });
      await chooseChange(page);
    },
  },
  {
    name: "approvals-flow",
    path: "/approvals",
    as: "checker",
    isLong: true,
    act: async (page) => {
      await page.getByRole("link", { name: /KYC/ }).click();
      await chooseChange(page);
    },
  },
  {
    name: "approvals-flow-new",
    path: "/approvals",
    as: "checker",
    act: async (page) => {
      await page.getByRole("link", { name: /Transaction alert/ }).click();
      await page.getByTestId("diff-step").first().waitFor();
      await page.waitForLoadState("networkidle");
    },
  },
  { name: "approvals-own", path: "/approvals", as: "maker" },
  { name: "template-gallery", path: "/templates/new", as: "maker" },
  {
    name: "template-refused",
    path: "/templates?create=true",
    as: "maker",
    act: (page) => beginTemplate(page, { category: /^(Utility|Utilitaire)$/, body: "{{first_name}}, {{amount}}" }),
  },
  {
    name: "template-code",
    path: "/templates?create=true",
    as: "maker",
    act: (page) => beginTemplate(page, { category: /^(Authentication|Authentification)$/, body: null }),
  },
  {
    name: "template-code-autofill",
    path: "/templates?create=true",
    as: "maker",
    fitsPhone: true,
    act: async (page) => {
      await beginTemplate(page, { category: /^(Authentication|Authentification)$/, body: null });
      await page.getByRole("radio", { name: /^(No tap|Sans toucher)$/ }).click();
      await page.getByRole("textbox", { name: /^(Package name|Nom de paquet)/ }).fill("com.banco.app");
    },
  },
  {
    name: "template-cards",
    path: "/templates?create=true",
    as: "maker",
    fitsPhone: true,
    act: async (page) => {
      await beginTemplate(page, {
        category: /^Marketing$/,
        body: "Two loans that fit you, {{first_name}}, until Sunday.",
      });
      await page.getByRole("radio", { name: /^(Cards|Cartes)$/ }).click();
      await page
        .getByLabel(/^(Text of card 1|Texte de la carte 1)$/)
        .fill("Car loan from 3.1 %, paid out within a day.");
      await page.getByLabel(/^(Text of button 1|Texte du bouton 1)$/).fill("Tell me more");
      await page.getByRole("radio", { name: /^(Card 2|Carte 2)/ }).click();
      await page.getByLabel(/^(Text of card 2|Texte de la carte 2)$/).fill("Home loan from 2.9 %, with a fixed rate.");
    },
  },
  {
    name: "template-offer",
    path: "/templates?create=true",
    as: "maker",
    act: async (page) => {
      await beginTemplate(page, { category: /^Marketing$/, body: "Half the fee for every loan you begin now." });
      await page.getByRole("radio", { name: /^(Offer|Offre)$/ }).click();
      await page.getByLabel(/^(What is on offer|Ce qui est offert)$/).fill("Half the fee");
      await page.getByLabel(/^(Sample of the end|Exemple de fin)/).fill("2031-03-31T18:00");
    },
  },
  {
    name: "template-order",
    path: "/templates?create=true",
    as: "maker",
    isLong: true,
    act: async (page) => {
      await beginTemplate(page, {
        category: /^(Utility|Utilitaire)$/,
        body: "Your instalment of this month is due. You can pay it right here.",
      });
      await page.getByRole("button", { name: /^(Add a button|Ajouter un bouton)$/ }).click();
      await page.getByRole("menuitem", { name: /^(Order to pay|Commande)/ }).click();
      await page.getByLabel(/^(Text of button 1|Texte du bouton 1)$/).fill("Review and pay");
      await page.getByRole("radio", { name: "BRL" }).click();
      await page.getByRole("combobox", { name: /^(Paid by|Payée par)$/ }).click();
      await page.getByRole("option", { name: "Pix" }).click();
      await page.locator("[id='sample-order.reference']").fill("L-204-3");
      await page.locator("[id='sample-order.lines']").fill("Parcela 3 de 12: 250.00; Multa: 2 x 12.50");
    },
  },
  {
    name: "template-order-status",
    path: "/templates?create=true",
    as: "maker",
    act: async (page) => {
      await beginTemplate(page, {
        category: /^(Utility|Utilitaire)$/,
        body: "We have received your payment. Thank you!",
      });
      await page.getByRole("radio", { name: /^(Order status|Suivi de commande)$/ }).click();
      await page.locator("[id='sample-order.reference']").fill("L-204-3");
      await page.locator("[id='sample-order.status']").fill("completed");
    },
  },
  {
    name: "template-call",
    path: "/templates?create=true",
    as: "maker",
    act: async (page) => {
      await beginTemplate(page, {
        category: /^Marketing$/,
        body: "A loan that fits you is waiting. Talk to us today.",
      });
      await page.getByRole("button", { name: /^(Add a button|Ajouter un bouton)$/ }).click();
      await page.getByRole("menuitem", { name: /^(Call in WhatsApp|Appel WhatsApp)/ }).click();
      await page.getByLabel(/^(Text of button 1|Texte du bouton 1)$/).fill("Talk to us");
      await page.waitForLoadState("networkidle");
    },
  },
  {
    name: "template-accounts",
    path: "/templates?search=kyc_reminder_1",
    as: "maker",
    isHolding: true,
    isLong: true,
    act: async (page) => {
      await page.locator("tbody tr").first().click();
      await page.waitForURL(/templates\/.+/);
      await page.getByRole("region", { name: /^(WhatsApp accounts|Comptes WhatsApp)/ }).waitFor();
      await page.waitForLoadState("networkidle");
    },
  },
  { name: "flows-held", path: "/flows?search=KYC", as: "maker", isHolding: true },
  {
    name: "flow-editor-held",
    path: "/flows?search=KYC",
    as: "maker",
    isHolding: true,
    act: async (page) => {
      await page.getByRole("link", { name: "KYC" }).first().click();
      await page.locator(".react-flow__node").first().waitFor();
      await page.waitForLoadState("networkidle");
    },
  },
  {
    name: "approvals-step-up",
    path: "/approvals",
    as: "checker",
    act: async (page) => {
      await page.getByRole("link", { name: /instalment_reminder/ }).click();
      await page.getByRole("log").first().waitFor();
      await asksForCode(page, "approvals.decide");
      await page.getByRole("button", { name: /^(Approve|Valider)/ }).click();
      await page
        .getByRole("alertdialog")
        .getByRole("button", { name: /^(Approve|Valider)/ })
        .click();
      await page.getByRole("dialog").getByRole("textbox").fill("314159");
    },
  },
  {
    name: "template-history",
    path: "/templates?search=kyc",
    as: "maker",
    act: async (page) => {
      await page.locator("tbody a").first().click();
      await page.waitForURL(/templates\/.+/);
      await page.getByRole("button", { name: /^(History|Historique)$/ }).click();
      await page.getByRole("dialog").waitFor();
      await page.waitForLoadState("networkidle");
    },
  },
  {
    name: "template-import",
    path: "/templates?import=true",
    as: "maker",
    act: async (page) => {
      const rows = [
        "name,category,language,body",
        "card_ready,utility,en,Your card is ready to collect.",
        "Bad name,news,en,Hello",
      ];
      const buffer = Buffer.from(rows.join("\n"));
      await page.locator("input[type=file]").setInputFiles({ name: "templates.csv", mimeType: "text/csv", buffer });
      await page.getByRole("dialog").getByRole("alert").waitFor();
    },
  },
];
