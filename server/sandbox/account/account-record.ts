import type { JsonObject } from "#flow/json.ts";

export type BusinessProfile = {
  about?: string;
  address?: string;
  description?: string;
  email?: string;
  websites?: string[];
  vertical?: string;
  profile_picture_url?: string;
};

/** Where webhooks go instead of the application's own address. */
export type Callback = { url: string; verifyToken: string };

/** The application's subscription to the account, and the addresses that take precedence: the number's, then the account's. */
export type Hooks = { isSubscribed: boolean; ofAccount: Callback | null; ofNumber: Callback | null };

/** How far the number is on the ladder request_code, verify_code, register. */
export type Registration = {
  status: "CONNECTED" | "DISCONNECTED";
  isVerified: boolean;
  /** Two-step verification; null: none set yet. */
  pin: string | null;
  /** The code that was sent last. */
  code: string | null;
  codeRequestsAt: number[];
  wrongPinsAt: number[];
  wrongCodesAt: number[];
  /** Registrations and deregistrations: ten in 72 hours. */
  changesAt: number[];
};

export type QrCode = { code: string; message: string; imageFormat: "PNG" | "SVG" | null; at: number };

export type Username = { name: string; status: "approved" | "reserved" };

/** A second number of the account: listed, not verified, and never able to send here. */
export type AddedNumber = { id: string; phone: string; name: string };

export type FlowStatus = "DRAFT" | "PUBLISHED" | "DEPRECATED" | "BLOCKED" | "THROTTLED";

export type Flow = {
  id: string;
  name: string;
  categories: string[];
  status: FlowStatus;
  endpointUri: string | null;
  /** The text of flow.json; null until one was uploaded. */
  json: string | null;
  errors: JsonObject[];
  changedAt: number;
};

export type AccountFacts = {
  timezoneId: string;
  /** A verified business holds 6,000 templates instead of 250. */
  isVerified: boolean;
  hasTemplateInsights: boolean;
};

/** Changes of what belongs to the account and its number. Replaying them gives the same account. */
export type AccountRecord =
  | { k: "profile"; profile: BusinessProfile }
  | { k: "blocked"; waIds: string[] }
  | { k: "unblocked"; waIds: string[] }
  | { k: "hooks"; hooks: Hooks }
  | { k: "registration"; registration: Registration }
  | { k: "number-settings"; settings: JsonObject }
  | { k: "automation"; automation: JsonObject }
  | { k: "qr-code"; qrCode: QrCode }
  | { k: "qr-code-gone"; code: string }
  | { k: "username"; username: Username | null }
  | { k: "compliance"; compliance: JsonObject }
  | { k: "encryption-key"; pem: string }
  | { k: "account-facts"; facts: AccountFacts }
  | { k: "flow"; flow: Flow }
  | { k: "flow-gone"; id: string }
  | { k: "added-number"; number: AddedNumber }
  | { k: "account-count"; made: number };
