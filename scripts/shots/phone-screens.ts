import type { Page } from "@playwright/test";
import type { Screen } from "./screen.ts";

/** Phones as long as their chats. */
const unrolled = `
  article > section { height: auto !important; }
  article [role="log"] { flex: none; overflow: visible; }
`;

const showChats = async (page: Page) => {
  await page.addStyleTag({ content: unrolled });
  await page.getByRole("log").first().waitFor();
  // Pictures load as they come into sight; of these chats all are to be seen.
  await page.evaluate(() =>
    Promise.all(
      [...document.images].map((image) => {
        image.loading = "eager";
        return image.decode().catch(() => undefined);
      }),
    ),
  );
};

const openMenu = async (page: Page, name: RegExp) => {
  await page.getByRole("button", { name }).last().click();
  // It slides in.
  await page
    .getByRole("dialog")
    .evaluate((sheet) => Promise.all(sheet.getAnimations({ subtree: true }).map((each) => each.finished)));
};

const chooseOfChat = async (page: Page, item: RegExp) => {
  await page
    .getByRole("button", { name: /^(Chat options|Options de la discussion)$/ })
    .first()
    .click();
  await page.getByRole("menuitem", { name: item }).click();
  await page.getByRole("menu").waitFor({ state: "detached" });
};

const unblock = /^(Unblock|Débloquer)$/;

/** The demo phones with every kind of message, and what opens over them. */
export const phoneScreens: Screen[] = [
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
    act: async (page) => {
      await chooseOfChat(page, /^(Block|Bloquer)/);
      await page.getByRole("button", { name: unblock }).waitFor();
    },
    after: async (page) => {
      await page.getByRole("button", { name: unblock }).click();
      await page.getByRole("button", { name: unblock }).waitFor({ state: "detached" });
    },
  },
  {
    name: "sandbox-traffic-entry",
    path: "/sandbox?ledger=traffic",
    as: "maker",
    hasAllKinds: true,
    act: async (page) => {
      await page
        .getByRole("button", { name: /(Call to|Appel à) WhatsApp/ })
        .first()
        .click();
      await page.getByRole("dialog").waitFor();
    },
  },
];
