import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect } from "@playwright/test";
import { type ParsedMail, simpleParser } from "mailparser";

/** Where the runner's mail catcher puts what the product sends (scripts/testing/stories.ts); unset: there is none. */
export const mailFolder = process.env.CHASQUI_E2E_MAILS ?? "";

/** A kind that went to an address just now waits a minute, and gathers what comes meanwhile. */
const mailTimeout = 90_000;

/** The mail to this address with these words in its subject or, folded with others, in its text, as soon as it has come: the newest, where there are several. */
export async function caughtMail(address: string, words: string): Promise<ParsedMail> {
  const found: ParsedMail[] = [];
  await expect
    .poll(
      async () => {
        found.splice(
          0,
          found.length,
          ...(await mailsTo(address)).filter((mail) => `${mail.subject}\n${mail.text}`.includes(words)),
        );
        return found.length;
      },
      { message: `a mail to ${address} about ${words}`, timeout: mailTimeout },
    )
    .toBeGreaterThan(0);
  const newest = found.at(-1);
  if (!newest) throw new Error("The mail is gone again.");
  return newest;
}

async function mailsTo(address: string): Promise<ParsedMail[]> {
  const files = readdirSync(mailFolder).sort();
  const mails = await Promise.all(files.map((file) => simpleParser(readFileSync(path.join(mailFolder, file)))));
  return mails.filter(({ to }) => [to].flat().some((list) => list?.text.includes(address)));
}
