import { createTransport } from "nodemailer";
import type { Smtp } from "#server/env.ts";
import type { WrittenMail } from "#server/notifications/mail/write-mail.ts";

export type Sending = WrittenMail & {
  to: string;
  /** The same at each attempt: a mailbox that got it already can tell. */
  messageId: string;
};

/** How it went: "refused" is for good (the address does not exist), "away" may go better later. `error` holds no secret. */
export type Delivery = { outcome: "sent" } | { outcome: "refused" | "away"; error: string };

/** All together shorter than a claim's lease. */
const limits = { connectionTimeout: 15_000, greetingTimeout: 15_000, socketTimeout: 30_000 };

/** The one way out for e-mails: a few kept connections to the operator's mail server. */
export class Mailer {
  readonly #transport;
  readonly #from: string;
  readonly #domain: string;

  constructor({ url, from }: Smtp) {
    this.#transport = createTransport({ url, pool: true, maxConnections: 3, ...limits });
    this.#from = from;
    this.#domain = /@([^\s<>@]+)/.exec(from)?.[1] ?? "localhost";
  }

  async send({ messageId, ...mail }: Sending): Promise<Delivery> {
    try {
      await this.#transport.sendMail({
        ...mail,
        from: this.#from,
        messageId: `<${messageId}@${this.#domain}>`,
        // Nobody's holiday answer should come back (RFC 3834, section 2).
        headers: { "Auto-Submitted": "auto-generated" },
        // Nothing of a text may name a file or an address to fetch.
        disableFileAccess: true,
        disableUrlAccess: true,
      });
      return { outcome: "sent" };
    } catch (error) {
      return asDelivery(error);
    }
  }

  close(): void {
    this.#transport.close();
  }
}

/** A 5xx answer to the address or the text is final (RFC 5321, section 4.2.1); to our sign-in it is the operator's to mend. */
function asDelivery(error: unknown): Delivery {
  const { code, responseCode, response, message } = Object(error) as Partial<
    Record<"code" | "response" | "message", string> & { responseCode: number }
  >;
  const isFinal = (code === "EENVELOPE" || code === "EMESSAGE") && responseCode !== undefined && responseCode >= 500;
  const words = response ?? message ?? String(error);
  return { outcome: isFinal ? "refused" : "away", error: words.replace(/\s+/g, " ").slice(0, 300) };
}
