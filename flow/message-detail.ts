import type { JsonObject } from "./json.ts";

/** What a message from a person holds beside its text: enough to draw it. Only what is there is set. */
export type MessageDetail = {
  media?: {
    kind: "image" | "video" | "audio" | "document" | "sticker";
    /** The provider's; bytes are there for about a week. Null: the provider could not take the file. */
    id: string | null;
    mime: string | null;
    /** Base64, as the provider tells it. */
    sha256: string | null;
    fileName: string | null;
    isVoice?: boolean;
    isAnimated?: boolean;
  };
  location?: { latitude: number; longitude: number; name: string | null; address: string | null; url: string | null };
  contacts?: { name: string; phones: string[]; emails: string[]; organisation: string | null }[];
  /** The row or button that was chosen, with the line below its title. */
  choice?: { id: string; title: string; description: string | null };
  /** The answers of a flow; null when they cannot be read. `token` is the one it was sent with. */
  form?: { name: string | null; token: string | null; answers: JsonObject | null };
  /** An empty emoji: the reaction was taken back. */
  reaction?: { wamid: string; emoji: string };
  order?: {
    catalogId: string;
    items: { productId: string; quantity: number; price: number; currency: string }[];
  };
  /** Whether the person lets the business call them. */
  callPermission?: { isGiven: boolean; until: number | null };
  product?: { catalogId: string; productId: string };
  /** The ad or post the person came from. */
  referral?: {
    url: string | null;
    sourceId: string | null;
    sourceType: string | null;
    headline: string | null;
    body: string | null;
    clickId: string | null;
  };
  /** The message it quotes. */
  quotes?: string;
  isForwarded?: true;
  /** Why it cannot be shown. */
  errors?: { code: number; title: string }[];
  /** In the provider's words, of a message without content of its own ("user_changed_number"). */
  notice?: string;
  /** ISO times: the person has changed what they wrote, or taken it back. */
  editedAt?: string;
  revokedAt?: string;
};
