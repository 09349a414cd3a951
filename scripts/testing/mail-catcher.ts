import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { type ParsedMail, simpleParser } from "mailparser";
import { SMTPServer } from "smtp-server";

export type MailCatcher = {
  url: string;
  mails: ParsedMail[];
  answer: (reply: Reply) => void;
  stop: () => Promise<void>;
};

/** What the server says to the next addresses: yes, or a refusal with its SMTP code. */
export type Reply = "yes" | { code: number; words: string };

/**
 * For tests: a real SMTP server on a port of its own, which keeps what it is given; with a folder also as one file for each mail,
 * for tests in another process.
 */
export async function catchMails({ folder }: { folder?: string } = {}): Promise<MailCatcher> {
  const mails: ParsedMail[] = [];
  let reply: Reply = "yes";
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS", "AUTH"],
    logger: false,
    onRcptTo: (_address, _session, done) =>
      reply === "yes" ? done() : done(Object.assign(new Error(reply.words), { responseCode: reply.code })),
    onData: (stream, _session, done) => {
      keep(stream, { mails, folder }).then(() => done(), done);
    },
  });
  await new Promise<void>((listening) => void server.listen(0, "127.0.0.1", listening));
  const address = server.server.address();
  if (!address || typeof address === "string") throw new Error("The mail catcher has no port.");
  return {
    url: `smtp://127.0.0.1:${address.port}`,
    mails,
    answer: (next) => {
      reply = next;
    },
    stop: () => new Promise((closed) => void server.close(closed)),
  };
}

async function keep(stream: Readable, { mails, folder }: { mails: ParsedMail[]; folder?: string }): Promise<void> {
  const source = await buffer(stream);
  mails.push(await simpleParser(source));
  if (!folder) return;
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, `${String(mails.length).padStart(5, "0")}.eml`), source);
}
