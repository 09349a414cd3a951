import type { JsonObject } from "#flow/json.ts";
import type {
  AccountFacts,
  AccountRecord,
  AddedNumber,
  BusinessProfile,
  Flow,
  Hooks,
  QrCode,
  Registration,
  Username,
} from "./account-record.ts";

/** Section 4: what an account may hold. */
const mostTemplates = { unverified: 250, verified: 6000 };

/** The account and its number, beside templates and messages. It changes only by `apply`, as the world does. */
export class Account {
  profile: BusinessProfile = {};
  /** Blocked people, the first first. */
  readonly blocked = new Set<string>();
  hooks: Hooks = { isSubscribed: true, ofAccount: null, ofNumber: null };
  registration: Registration = {
    status: "CONNECTED",
    isVerified: true,
    pin: null,
    code: null,
    codeRequestsAt: [],
    wrongPinsAt: [],
    wrongCodesAt: [],
    changesAt: [],
  };
  settings: JsonObject = {};
  automation: JsonObject = {};
  readonly qrCodes = new Map<string, QrCode>();
  username: Username | null = null;
  compliance: JsonObject = {};
  encryptionKey: string | null = null;
  facts: AccountFacts = { timezoneId: "1", isVerified: false, hasTemplateInsights: false };
  readonly flows = new Map<string, Flow>();
  readonly addedNumbers = new Map<string, AddedNumber>();
  /** Flows and QR codes ever made; the next ids come from it. */
  made = 0;

  get mostTemplates(): number {
    return this.facts.isVerified ? mostTemplates.verified : mostTemplates.unverified;
  }

  apply(record: AccountRecord): void {
    switch (record.k) {
      case "blocked":
        for (const waId of record.waIds) this.blocked.add(waId);
        return;
      case "unblocked":
        for (const waId of record.waIds) this.blocked.delete(waId);
        return;
      case "qr-code":
        if (!this.qrCodes.has(record.qrCode.code)) this.made += 1;
        this.qrCodes.set(record.qrCode.code, record.qrCode);
        return;
      case "qr-code-gone":
        this.qrCodes.delete(record.code);
        return;
      case "flow":
        if (!this.flows.has(record.flow.id)) this.made += 1;
        this.flows.set(record.flow.id, record.flow);
        return;
      case "added-number":
        this.made += 1;
        this.addedNumbers.set(record.number.id, record.number);
        return;
      case "flow-gone":
        this.flows.delete(record.id);
        return;
      case "account-count":
        this.made = record.made;
        return;
      default:
        this.#replace(record);
    }
  }

  #replace(record: AccountRecord): void {
    switch (record.k) {
      case "profile":
        this.profile = record.profile;
        return;
      case "hooks":
        this.hooks = record.hooks;
        return;
      case "registration":
        this.registration = record.registration;
        return;
      case "number-settings":
        this.settings = record.settings;
        return;
      case "automation":
        this.automation = record.automation;
        return;
      case "username":
        this.username = record.username;
        return;
      case "compliance":
        this.compliance = record.compliance;
        return;
      case "encryption-key":
        this.encryptionKey = record.pem;
        return;
      case "account-facts":
        this.facts = record.facts;
        return;
    }
  }

  /** Records that make this account again: what an ordinary reset keeps. */
  *records(): Generator<AccountRecord> {
    yield { k: "profile", profile: this.profile };
    yield { k: "hooks", hooks: this.hooks };
    yield { k: "registration", registration: this.registration };
    yield { k: "number-settings", settings: this.settings };
    yield { k: "automation", automation: this.automation };
    yield { k: "username", username: this.username };
    yield { k: "compliance", compliance: this.compliance };
    if (this.encryptionKey !== null) yield { k: "encryption-key", pem: this.encryptionKey };
    yield { k: "account-facts", facts: this.facts };
    for (const qrCode of this.qrCodes.values()) yield { k: "qr-code", qrCode };
    for (const flow of this.flows.values()) yield { k: "flow", flow };
    for (const number of this.addedNumbers.values()) yield { k: "added-number", number };
    yield { k: "account-count", made: this.made };
  }
}
