import { accountEntries } from "./account-entries.ts";
import { codeEntry, type GalleryEntry } from "./gallery-entry.ts";
import { paymentEntries } from "./payment-entries.ts";
import { serviceEntries } from "./service-entries.ts";

/** Ready texts for banks and lenders, in the order in which they are mostly needed. */
export const templateGallery: readonly GalleryEntry[] = [
  ...paymentEntries,
  ...accountEntries,
  ...serviceEntries,
  codeEntry,
];

export const findGalleryEntry = (id: string): GalleryEntry | undefined =>
  templateGallery.find((entry) => entry.id === id);
