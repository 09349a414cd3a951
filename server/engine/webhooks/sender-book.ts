/** A person as a provider's call names them. */
export type Sender = { waId: string | null; bsuid: string | null; name: string | null };

/** A contact as far as people are recognised by it. `madeAt` orders contacts: of several, the oldest counts. */
export type KnownContact = {
  id: string;
  waId: string | null;
  bsuid: string | null;
  phone: string | null;
  madeAt: number;
};

/** A contact that nobody knew before, and the sender whom it was made of. */
export type NewContact = { id: string; first: Sender };

export const phoneOf = (waId: string | null): string | null => (waId === null ? null : `+${waId}`);

/**
 * Recognises senders one after the other as the database would, call by call: the business-scoped id is the surest, then what the
 * provider calls the person, then the phone. What an earlier message taught about a person counts for the next one. Pure.
 */
export class SenderBook {
  readonly made: NewContact[] = [];
  readonly #byId = new Map<string, KnownContact>();
  readonly #holders = new Map<string, KnownContact>();
  readonly #newId: () => string;

  constructor(known: readonly KnownContact[], newId: () => string) {
    for (const contact of known) this.#register({ ...contact });
    this.#newId = newId;
  }

  /** The sender's contact, made when nobody is known by these ids. Null when there is no id at all. */
  find(sender: Sender, now: number): string | null {
    const { waId, bsuid } = sender;
    if (waId === null && bsuid === null) return null;
    const phone = phoneOf(waId);
    const found = this.#holder("bsuid", bsuid) ?? this.#holder("waId", waId) ?? this.#holder("phone", phone);
    if (found) return found.id;
    const id = this.#newId();
    this.made.push({ id, first: sender });
    this.#register({ id, waId, bsuid, phone, madeAt: now });
    return id;
  }

  /** Notes what a message of the person told about them, as `openWindows` does in the database. */
  learn(id: string, { waId, bsuid }: Sender): void {
    const contact = this.#byId.get(id);
    if (!contact) return;
    contact.waId ??= waId;
    contact.bsuid ??= bsuid;
    this.#register(contact);
  }

  #register(contact: KnownContact): void {
    this.#byId.set(contact.id, contact);
    for (const kind of ["bsuid", "waId", "phone"] as const) {
      const value = contact[kind];
      if (value === null) continue;
      const holder = this.#holder(kind, value);
      if (!holder || isOlder(contact, holder)) this.#holders.set(`${kind} ${value}`, contact);
    }
  }

  #holder(kind: "bsuid" | "waId" | "phone", value: string | null): KnownContact | undefined {
    return value === null ? undefined : this.#holders.get(`${kind} ${value}`);
  }
}

const isOlder = (one: KnownContact, other: KnownContact): boolean =>
  one.madeAt < other.madeAt || (one.madeAt === other.madeAt && one.id < other.id);
