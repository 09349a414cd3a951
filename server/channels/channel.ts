import type { TemplateCategory, TemplateContent, TemplateStatus } from "#flow/template.ts";
import type { ChannelCalls } from "./channel-calls.ts";
import type { ChannelEvent } from "./channel-event.ts";
import type { OutgoingMessage } from "./outgoing-message.ts";

/** How to reach one number at one provider. Secrets are plain here and live no longer than the call. */
export type Connection = {
  channelId: string;
  baseUrl: string;
  phoneNumberId: string;
  accountId: string;
  token: string;
  appSecret: string;
  verifyToken: string;
  /** Marketing templates leave by the provider's own endpoint for them; undefined: like all others. */
  marketing?: {
    /** Whether what that endpoint may not send leaves the ordinary way, or not at all. */
    fallsBack: boolean;
    /** Whether the provider may use what people do with these messages for its own ranking. */
    sharesActivity: boolean;
  };
};

/** A person as the provider addresses them: phone in E.164 with +, or a business-scoped user id. */
export type Recipient = { phone: string } | { bsuid: string };

/**
 * `ref` is our message id: it travels as the provider's echoed field and comes back with every status. `mayBegin` is asked just before
 * the first byte leaves, however long the connection took: when it says no, nothing is sent (refused, transient).
 */
export type Outgoing = {
  ref: string;
  to: Recipient;
  message: OutgoingMessage;
  /** The wamid of the message it answers, drawn above it. */
  quotes?: string;
  mayBegin?: () => boolean;
};

/** What to do after a refusal (contracts: retry classes). */
export type RefusalClass =
  | "transient"
  | "throttle"
  /** Too many to this one person in a short time: only the pair waits. */
  | "pair"
  | "cap"
  | "consent"
  | "window"
  | "recipient"
  | "template"
  /** The template was stopped meanwhile: what becomes of the message is the flow's to say, as soon as we are told so ourselves. */
  | "stopped"
  | "account"
  | "bug";

/**
 * Exactly one of three: the provider took it; the provider certainly did not; nobody knows (the request was written and no
 * valid answer came). Unknown is never resent blindly: there is no idempotency key at Meta.
 */
export type SendResult =
  | { outcome: "accepted"; wamid: string; waId: string | null }
  | {
      outcome: "refused";
      class: RefusalClass;
      code: number;
      detail: string;
      retryAfterMs: number | null;
      /** Fewer tries than its class allows, when this code is known to be that hopeless. */
      mostAttempts?: number;
      /** WhatsApp does not reach this person. */
      isUnreachable?: boolean;
    }
  | { outcome: "unknown"; detail: string };

/** What a number may do, as its provider says; null: it does not say. `peoplePerDay` null: unlimited. */
export type NumberLimits = {
  messagesPerSecond: number | null;
  portfolio: { id: string; peoplePerDay: number | null } | null;
};

/** What one question to the provider about a connection found. Its words on screen: `channelSetup.checks.<name>`. */
export type ConnectionCheck = {
  name: "token" | "number" | "display-name" | "account" | "templates" | "subscription" | "quality" | "limit";
  /** Warning: messages leave, but somebody should look. Unknown: what had to be asked first gave no answer. */
  state: "ok" | "warning" | "failed" | "unknown";
  /** The value that was found, in the provider's words: "GREEN", "TIER_2K", the number's name. */
  found: string | null;
  /** The provider's own sentence when it refused. */
  detail: string | null;
};

/** What a provider says of a connection; `phone` in E.164 when the number was found. */
export type ConnectionReport = { phone: string | null; checks: ConnectionCheck[] };

/**
 * A provider. One folder per provider implements it and passes channel.contract.ts. It never throws for what a provider or
 * a network does: those are values.
 */
export type Channel = ChannelCalls & {
  provider: string;
  send: (connection: Connection, outgoing: Outgoing, signal: AbortSignal) => Promise<SendResult>;
  /** The limits of this number now; null when the provider gives no answer. */
  readLimits: (connection: Connection, signal: AbortSignal) => Promise<NumberLimits | null>;
  /** Creates one language of a template; the answer's status may already be final. `linkBase` is put before a link button's code. */
  submitTemplate: (
    connection: Connection,
    template: {
      name: string;
      category: TemplateCategory;
      content: TemplateContent;
      samples: Record<string, string>;
      linkBase: string;
    },
  ) => Promise<
    | { outcome: "accepted"; providerId: string; status: TemplateStatus }
    | { outcome: "refused"; code: number; detail: string }
    | { outcome: "unknown"; detail: string }
  >;
  /** Asks the provider all that must be so for messages to leave and come in. Changes nothing there. */
  checkConnection: (connection: Connection, signal: AbortSignal) => Promise<ConnectionReport>;
  /** Has the provider bring this account's webhooks to our address, which it tries by its handshake before it says yes. */
  subscribe: (
    connection: Connection,
    hookUrl: string,
    signal: AbortSignal,
  ) => Promise<
    { outcome: "accepted" } | { outcome: "refused"; detail: string } | { outcome: "unknown"; detail: string }
  >;
  /** A call as the provider would sign it, with nothing in it: shows whether our own address takes what is genuine. */
  signedProbe: (connection: Connection) => { body: string; headers: Record<string, string> };
  /** True when the raw bytes carry the provider's signature. Never throws; a missing or malformed header is false. */
  isGenuine: (
    connection: Connection,
    rawBody: Buffer,
    headers: Record<string, string | string[] | undefined>,
  ) => boolean;
  /** The text to answer to the provider's GET handshake, or null when the verify token is wrong. */
  answerHandshake: (connection: Connection, query: URLSearchParams) => string | null;
  /** All facts of one call, per item: a malformed item is left out and reported in `rejected`, its neighbours stay. */
  parse: (rawBody: Buffer) => { events: ChannelEvent[]; rejected: { path: string; reason: string }[] };
};
