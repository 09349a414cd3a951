import type { Page } from "@playwright/test";

export type Screen = {
  name: string;
  path: string;
  /** The demo person who looks at it; signed out without one. */
  as?: "owner" | "maker" | "checker" | "agent" | "analyst";
  /** Brings the screen into the state to look at. */
  act?: (page: Page) => Promise<void>;
  /** The whole page, not only the window. */
  isLong?: boolean;
  /** Takes back what `act` changed for the pictures that come after it. */
  after?: (page: Page) => Promise<void>;
  /** Pictured on a phone as well. */
  fitsPhone?: boolean;
  /** Pictured while the demo is busy (BusyDemo). */
  isBusy?: boolean;
  /** Pictured after every kind of message was brought onto the demo phones (fillPhones). */
  hasAllKinds?: boolean;
};

const openFlow = async (page: Page, name: string) => {
  await page.getByRole("link", { name }).first().click();
  await page.locator(".react-flow__node").first().waitFor();
};

const choosesFirstLetter = async (page: Page) => {
  const letters = page.getByRole("region", { name: /^(Dead letters|Lettres mortes)$/ });
  await letters.getByRole("checkbox").nth(1).check();
};

/** Phones as long as their chats. */
const unrolled = `
  article > section { height: auto !important; }
  article [role="log"] { flex: none; overflow: visible; }
`;

const lowersCap = async (page: Page) => {
  await page.getByRole("spinbutton").first().fill("1");
  await page.keyboard.press("Enter");
  await page.getByRole("dialog").getByRole("status").waitFor();
};

const showChats = async (page: Page) => {
  await page.addStyleTag({ content: unrolled });
  await page.getByRole("log").first().waitFor();
  // Pictures load as they come into sight.
  await page.waitForTimeout(500);
};

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

const openMenu = async (page: Page, name: RegExp) => {
  await page.getByRole("button", { name }).last().click();
  await page.getByRole("dialog").waitFor();
};

const chooseOfChat = async (page: Page, item: RegExp) => {
  await page
    .getByRole("button", { name: /^(Chat options|Options de la discussion)$/ })
    .first()
    .click();
  await page.getByRole("menuitem", { name: item }).click();
  await page.getByRole("menu").waitFor({ state: "detached" });
};

const allKinds: Screen[] = [
  {
    name: "sandbox-kinds",
    path: "/sandbox",
    as: "maker",
    isLong: true,
    hasAllKinds: true,
    fitsPhone: true,
    act: showChats,
  },
  {
    name: "sandbox-list",
    path: "/sandbox?phones=demo-kwame,demo-priya",
    as: "maker",
    hasAllKinds: true,
    act: (page) => openMenu(page, /^Options$/),
  },
  {
    name: "sandbox-form",
    path: "/sandbox?phones=demo-kwame",
    as: "maker",
    hasAllKinds: true,
    act: (page) => openMenu(page, /^Answer now$/),
  },
  {
    name: "sandbox-faults",
    path: "/sandbox?phones=demo-kwame,demo-priya",
    as: "maker",
    hasAllKinds: true,
    act: async (page) => {
      await page
        .getByRole("button", { name: /^(Fault|Panne)/ })
        .first()
        .click();
      await page.getByRole("menu").waitFor();
    },
  },
  {
    name: "sandbox-blocked",
    path: "/sandbox?phones=demo-kwame,demo-priya",
    as: "maker",
    hasAllKinds: true,
    fitsPhone: true,
    act: (page) => chooseOfChat(page, /^(Block|Bloquer)/),
    after: (page) => chooseOfChat(page, /^(Unblock|Débloquer)/),
  },
  {
    name: "sandbox-traffic-entry",
    path: "/sandbox?ledger=traffic",
    as: "maker",
    hasAllKinds: true,
    act: async (page) => {
      await page
        .getByRole("button", { name: /^(Call to|Appel à) WhatsApp/ })
        .first()
        .click();
      await page.getByRole("dialog").waitFor();
    },
  },
];

/** Every screen and its main states, in the order of the rail. */
export const screens: Screen[] = [
  { name: "sign-in", path: "/sign-in" },
  { name: "home", path: "/", as: "maker", isLong: true },
  { name: "flows", path: "/flows", as: "maker" },
  { name: "flow-gallery", path: "/flows/new", as: "maker" },
  { name: "flow-editor", path: "/flows", as: "maker", act: (page) => openFlow(page, "KYC") },
  {
    name: "flow-editor-step",
    path: "/flows",
    as: "maker",
    act: async (page) => {
      await openFlow(page, "KYC");
      await page
        .locator('[data-testid="step"][data-step-type="send"]')
        .first()
        .click({ position: { x: 90, y: 20 } });
      await page.locator('[data-testid="step"][data-selected="true"]').waitFor();
    },
  },
  {
    name: "test-bench",
    path: "/flows",
    as: "maker",
    act: async (page) => {
      await openFlow(page, "KYC");
      await page.getByRole("button", { name: /^(Test|Tester|Essayer)$/ }).click();
      const bench = page.getByRole("complementary").last();
      await bench.getByRole("button", { name: /^(Start|Démarrer|Commencer|Lancer)/ }).click();
      await bench.getByRole("button", { name: /^(Skip to|Aller|Avancer|Passer)/ }).click();
    },
  },
  {
    name: "publish",
    path: "/flows",
    as: "maker",
    act: async (page) => {
      await openFlow(page, "KYC");
      await page.getByRole("button", { name: /^Publi/ }).click();
      await page.getByRole("dialog").waitFor();
    },
  },
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
      await page.locator("tbody tr").first().click();
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
    name: "approvals-flow",
    path: "/approvals",
    as: "checker",
    isLong: true,
    act: async (page) => {
      await page.getByRole("link", { name: /Transaction alert/ }).click();
      await page.getByRole("heading", { level: 2, name: "Transaction alert" }).waitFor();
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
    name: "template-history",
    path: "/templates?search=kyc",
    as: "maker",
    act: async (page) => {
      await page.locator("tbody tr").first().click();
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
  { name: "contacts", path: "/contacts", as: "agent" },
  {
    name: "contact",
    path: "/contacts?search=Kwame",
    as: "agent",
    isLong: true,
    act: async (page) => {
      await page.locator("tbody tr").first().click();
      await page.locator("h2").first().waitFor();
    },
  },
  {
    name: "why",
    path: "/contacts?search=C-2000",
    as: "agent",
    isLong: true,
    act: async (page) => {
      await page.locator("tbody tr").first().click();
      await page.getByRole("link", { name: /^(Why|Pourquoi)/ }).click();
      await page.waitForURL(/why$/);
      await page.goto(`${page.url()}?days=30`);
      await page.locator("h2").first().waitFor();
    },
  },
  { name: "messages", path: "/messages", as: "maker" },
  {
    name: "message",
    path: "/messages?tab=sent",
    as: "maker",
    fitsPhone: true,
    act: async (page) => {
      await page.locator("tbody tr").first().click();
      await page.getByRole("dialog").waitFor();
    },
  },
  { name: "hand-offs", path: "/hand-offs", as: "agent" },
  { name: "sandbox", path: "/sandbox", as: "maker" },
  { name: "channels", path: "/channels", as: "owner", fitsPhone: true },
  { name: "settings", path: "/settings", as: "owner", isLong: true },
  { name: "settings-review", path: "/settings", as: "owner", act: lowersCap },
  {
    name: "channel-connect",
    path: "/channels/connect",
    as: "owner",
    isLong: true,
    fitsPhone: true,
    act: (page) => page.locator("form button[type=submit]").click(),
  },
  {
    name: "channel",
    path: "/channels",
    as: "owner",
    isLong: true,
    fitsPhone: true,
    act: async (page) => {
      await page.locator("main a[href^='/channels/']").last().click();
      await page.getByRole("button", { name: /^(Check now|Vérifier)$/ }).click();
      await page.locator("section li").nth(5).waitFor();
    },
  },
  { name: "sandbox-traffic", path: "/sandbox?ledger=traffic", as: "maker", isLong: true },
  ...allKinds,
  {
    name: "health",
    path: "/health",
    as: "owner",
    isLong: true,
    act: (page) => page.locator("table").first().waitFor(),
  },
  {
    name: "health-hold",
    path: "/health",
    as: "owner",
    act: async (page) => {
      await page.getByRole("button", { name: /^(Hold sending|Retenir les envois)/ }).click();
      await page.getByRole("alertdialog").waitFor();
    },
  },
  {
    name: "health-busy",
    path: "/health",
    as: "owner",
    isLong: true,
    isBusy: true,
    fitsPhone: true,
    act: choosesFirstLetter,
  },
];
