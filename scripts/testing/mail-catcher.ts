import { type ParsedMail, simpleParser } from "mailparser";
import { SMTPServer } from "smtp-server";

export type MailCatcher = { url: string; mails: ParsedMail[]; answer: (reply: Reply) => void; stop: () => Promise<void> };

/** What the server says to the next addresses: yes, or a refusal with its SMTP code. */
export type Reply = "yes" | { code: number; words: string };

/** For tests: a real SMTP server on a port of its own, which keeps what it is given. */
export async function catchMails(): Promise<MailCatcher> {
  const mails: ParsedMail[] = [];
  let reply: Reply = "yes";
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS", "AUTH"],
    logger: false,
    onRcptTo: (_address, _session, done) =>
      reply === "yes" ? done() : done(Object.assign(new Error(reply.words), { responseCode: reply.code })),
    onData: (stream, _session, done) => {
      simpleParser(stream).then((mail) => {
        mails.push(mail);
        done();
      }, done);
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
