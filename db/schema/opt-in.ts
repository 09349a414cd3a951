import { index, integer, jsonb, pgTable, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import type { ConsentPurpose } from "#flow/gate/consent.ts";
import { createdAt, id, moment } from "./columns.ts";
import { workspace } from "./workspace.ts";

/** What a form says in one language: its heading, a sentence below, and the very words beside each box. */
export type FormText = { title: string; intro: string; wordings: Partial<Record<ConsentPurpose, string>> };

/** The languages in which our public pages speak: a form may be written in any of them. */
export const formLanguages = ["en", "fr", "es", "pt", "hi"] as const;
export type FormLanguage = (typeof formLanguages)[number];
export type FormTexts = Partial<Record<FormLanguage, FormText>>;

/** A public page on which anybody may sign up for messages: /j/{code}. */
export const optInForm = pgTable(
  "opt_in_form",
  {
    id: id(),
    workspaceId: uuid()
      .notNull()
      .references(() => workspace.id),
    /** 10 random base62 characters, for a poster as well as for a link. */
    code: text().notNull(),
    name: text().notNull(),
    /** Where it hangs, as it is kept with each consent: "branch Plateau". */
    source: text().notNull(),
    purposes: text().array().$type<ConsentPurpose[]>().notNull(),
    texts: jsonb().$type<FormTexts>().notNull(),
    privacyUrl: text(),
    /** Numbers that were given, and those of whom the owner wrote to confirm it. */
    signUps: integer().notNull().default(0),
    confirmed: integer().notNull().default(0),
    createdBy: uuid().notNull(),
    createdAt: createdAt(),
    /** Nobody signs up any more; what is confirmed stays. */
    closedAt: moment(),
  },
  (table) => [uniqueIndex("opt_in_form_code").on(table.code), index("opt_in_form_workspace").on(table.workspaceId)],
);

/** A number that somebody gave on a form: no consent until its owner writes the code to the workspace. Forgotten a month after its end. */
export const optInSignUp = pgTable(
  "opt_in_sign_up",
  {
    id: id(),
    workspaceId: uuid().notNull(),
    formId: uuid().notNull(),
    /** What the owner of the number writes to confirm it: 8 capitals and digits. */
    confirmCode: text().notNull(),
    phone: text().notNull(),
    language: text().notNull(),
    /** The words that were on the page beside what was ticked. */
    wordings: jsonb().$type<FormText["wordings"]>().notNull(),
    /** Keyed hash: tells whether two sign-ups came from one address, and nothing about the address. */
    ipHash: text().notNull(),
    userAgent: text().notNull(),
    createdAt: createdAt(),
    expiresAt: moment().notNull(),
    confirmedAt: moment(),
    /** Who confirmed it. */
    contactId: uuid(),
  },
  (table) => [
    uniqueIndex("opt_in_sign_up_code").on(table.workspaceId, table.confirmCode),
    // How many lately from one address and for one number: the limits of a public page.
    index("opt_in_sign_up_ip").on(table.ipHash, table.createdAt),
    index("opt_in_sign_up_phone").on(table.workspaceId, table.phone, table.createdAt),
    index("opt_in_sign_up_form").on(table.formId, table.createdAt),
  ],
);
