import type { MessageDetail } from "#flow/message-detail.ts";
import type { TemplateCategory, TemplateStatus } from "#flow/template.ts";
import type { RefusalClass } from "./channel.ts";

/** A person as a provider names them. */
export type Person = { waId: string | null; bsuid: string | null };

/** What the provider says a message is charged as, in its own words: new ones may come. */
export type Pricing = { type: string | null; category: string; model: string | null };

/** One fact out of a provider's webhook call, in our words. `at` is milliseconds since 1970. */
export type ChannelEvent = MessageEvent | PersonEvent | TemplateEvent | AccountEvent;

type Letter = {
  phoneNumberId: string;
  wamid: string;
  from: Person & { name: string | null };
  at: number;
  text: string | null;
  detail: MessageDetail;
};

type MessageEvent =
  | {
      kind: "status";
      phoneNumberId: string;
      wamid: string;
      ref: string | null;
      /** played: a voice message was listened to. */
      status: "sent" | "delivered" | "read" | "played" | "failed";
      at: number;
      errorCode: number | null;
      errorDetail: string | null;
      /** What a failure means for the next message: null when there is none. */
      errorClass: RefusalClass | null;
      /** It failed because WhatsApp does not reach this person. */
      isUnreachable: boolean;
      recipient: Person;
      pricing: Pricing | null;
      /** The provider's conversation, and until when it is open, where it tells. */
      conversation: { id: string; origin: string | null; openUntil: number | null } | null;
    }
  | (Letter & {
      kind: "inbound";
      /** text, button (template quick reply), interactive reply, image, document, ... */
      type: string;
      /** The payload of a tapped button. */
      buttonId: string | null;
      /** wamid of the message it answers. */
      contextWamid: string | null;
    })
  /** The person has changed a message of theirs, known by `original`. */
  | (Letter & { kind: "edit"; original: string })
  | { kind: "revoke"; phoneNumberId: string; original: string; from: Person; at: number }
  | {
      kind: "payment";
      phoneNumberId: string;
      wamid: string;
      status: string;
      /** The order's reference, ours. */
      reference: string;
      amountMinor: number | null;
      currency: string | null;
      transactionId: string | null;
      at: number;
    };

type PersonEvent =
  | {
      kind: "preference";
      phoneNumberId: string | null;
      waId: string | null;
      bsuid: string | null;
      marketing: "stop" | "resume";
      at: number;
    }
  /** A person is known by other ids now. Null in `after`: not told, so as it was. */
  | { kind: "new-ids"; before: Person; after: Person; at: number }
  /** The person's WhatsApp was set up anew, or on another phone: whoever answers now may be somebody else. */
  | { kind: "new-identity"; person: Person; hash: string | null; at: number };

type TemplateEvent =
  | {
      kind: "template";
      providerId: string;
      name: string;
      language: string;
      status: TemplateStatus;
      reason: string | null;
    }
  /** What the provider takes this template for from now on. */
  | { kind: "template-category"; providerId: string; name: string; category: TemplateCategory }
  | {
      kind: "template-quality";
      providerId: string;
      name: string;
      language: string;
      quality: "green" | "yellow" | "red" | "unknown";
    }
  /** Somebody has changed its text at the provider. */
  | { kind: "template-text"; providerId: string; name: string; language: string; body: string };

type AccountEvent =
  /** `peoplePerDay` null: unlimited; undefined: not told. It holds for the whole portfolio. */
  | {
      kind: "limits";
      accountId: string;
      /** Digits of the number that is meant; null: all of the account. */
      phoneDigits: string | null;
      peoplePerDay: number | null | undefined;
      messagesPerSecond: number | null;
    }
  /** `isClosed`: nothing that this business begins leaves any more, until somebody has looked at it. */
  | { kind: "account"; accountId: string; event: string; isClosed: boolean; detail: string }
  | { kind: "account-alert"; accountId: string; severity: string; type: string; detail: string }
  | { kind: "name"; accountId: string; phoneDigits: string | null; decision: string; name: string | null }
  /** Understood as genuine but of no use yet: kept raw, acknowledged. */
  | { kind: "other"; field: string };
