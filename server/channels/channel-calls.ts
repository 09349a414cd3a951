import type { JsonObject } from "#flow/json.ts";
import type { TemplateStatus } from "#flow/template.ts";
import type { CallResult } from "./call-result.ts";
import type { Connection, Recipient } from "./channel.ts";
import type { LibraryTemplate, TemplateDefinition } from "./template-definition.ts";

export type BusinessProfile = {
  about: string | null;
  address: string | null;
  description: string | null;
  email: string | null;
  websites: string[];
  /** The provider's word: FINANCE. */
  vertical: string | null;
  pictureUrl: string | null;
};

/** Only what is given is changed. */
export type ProfileChange = Partial<Omit<BusinessProfile, "pictureUrl">> & { pictureHandle?: string };

export type StoredFile = { bytes: Buffer; mime: string; sha256: string | null };

export type ProviderTemplate = {
  providerId: string;
  name: string;
  language: string;
  category: string;
  /** Null: a word that this version does not know. */
  status: TemplateStatus | null;
  reason: string | null;
  quality: string | null;
  /** In the provider's own words. */
  components: JsonObject[];
};

export type LibraryEntry = {
  name: string;
  language: string;
  category: string;
  topic: string | null;
  usecase: string | null;
  industries: string[];
  header: string | null;
  body: string;
  buttons: JsonObject[];
};

/** A part of a list; `next` asks for the following one, null: there is none. */
export type Page<Item> = { items: Item[]; next: string | null };

type Place = { connection: Connection; signal: AbortSignal };

/** What a provider can do beside sending. Every call is total: what a provider or a network does is a value, never an error. */
export type ChannelCalls = {
  /** Blue ticks for this message and those before it; `isTyping` shows that an answer is being written, for 25 seconds at most. */
  markRead: (place: Place, message: { wamid: string; isTyping: boolean }) => Promise<CallResult<null>>;
  uploadMedia: (
    place: Place,
    file: { bytes: Buffer; mime: string; fileName: string },
  ) => Promise<CallResult<{ id: string }>>;
  /** Refused when it is larger than `mostBytes`, or is not what the provider says it is. */
  downloadMedia: (place: Place, file: { id: string; mostBytes: number }) => Promise<CallResult<StoredFile>>;
  deleteMedia: (place: Place, id: string) => Promise<CallResult<null>>;
  readProfile: (place: Place) => Promise<CallResult<BusinessProfile>>;
  writeProfile: (place: Place, change: ProfileChange) => Promise<CallResult<null>>;
  /** The people of the list for whom it was done, as they were given. */
  block: (place: Place, people: Recipient[]) => Promise<CallResult<string[]>>;
  unblock: (place: Place, people: Recipient[]) => Promise<CallResult<string[]>>;
  /** Who is blocked, as the provider calls them. */
  listBlocked: (place: Place, page: { after: string | null }) => Promise<CallResult<Page<string>>>;
  listTemplates: (
    place: Place,
    page: { after: string | null; name?: string },
  ) => Promise<CallResult<Page<ProviderTemplate>>>;
  createTemplate: (
    place: Place,
    template: TemplateDefinition | LibraryTemplate,
  ) => Promise<CallResult<{ providerId: string; status: TemplateStatus; category: string }>>;
  /** All its components anew. */
  editTemplate: (place: Place, providerId: string, template: TemplateDefinition) => Promise<CallResult<null>>;
  /** One language by its id; all of a name without. Done when there is none. */
  deleteTemplate: (place: Place, template: { name: string; providerId?: string }) => Promise<CallResult<null>>;
  listLibrary: (
    place: Place,
    question: { after: string | null; search?: string; usecase?: string; industry?: string; language?: string },
  ) => Promise<CallResult<Page<LibraryEntry>>>;
};
