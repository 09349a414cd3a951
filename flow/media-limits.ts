/** A file that stands in a message. */
export const mediaKinds = ["image", "video", "audio", "document"] as const;
export type MediaKind = (typeof mediaKinds)[number];

const mb = 1024 * 1024;

/**
 * What WhatsApp takes of each kind (Meta, Cloud API, "Supported media types"), by what a file really is, with the ending its name then
 * has. Of documents those that file formats tell apart by their bytes.
 */
export const mediaLimits: Readonly<
  Record<MediaKind, { bytes: number; types: Readonly<Record<string, { mime: string; ending: string }>> }>
> = {
  image: {
    bytes: 5 * mb,
    types: { "image/jpeg": { mime: "image/jpeg", ending: "jpg" }, "image/png": { mime: "image/png", ending: "png" } },
  },
  video: {
    bytes: 16 * mb,
    types: { "video/mp4": { mime: "video/mp4", ending: "mp4" }, "video/3gpp": { mime: "video/3gpp", ending: "3gp" } },
  },
  audio: {
    bytes: 16 * mb,
    types: {
      "audio/mpeg": { mime: "audio/mpeg", ending: "mp3" },
      "audio/aac": { mime: "audio/aac", ending: "aac" },
      "audio/amr": { mime: "audio/amr", ending: "amr" },
      "audio/x-m4a": { mime: "audio/mp4", ending: "m4a" },
      "audio/mp4": { mime: "audio/mp4", ending: "m4a" },
      // WhatsApp plays no other codec in it.
      "audio/ogg; codecs=opus": { mime: "audio/ogg; codecs=opus", ending: "ogg" },
    },
  },
  document: {
    bytes: 100 * mb,
    types: {
      "application/pdf": { mime: "application/pdf", ending: "pdf" },
      "application/vnd.openxmlformats-officedocument.wordprocessingml.document": {
        mime: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ending: "docx",
      },
      "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": {
        mime: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ending: "xlsx",
      },
      "application/vnd.openxmlformats-officedocument.presentationml.presentation": {
        mime: "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        ending: "pptx",
      },
    },
  },
};

/** The kind of file that a blank of a message stands for; null: a text, a place, a link. */
export function mediaKindOf(variable: string): MediaKind | null {
  const name = /^card\.\d+\.(image|video)$/.exec(variable)?.[1] ?? variable;
  return mediaKinds.find((kind) => kind === name) ?? null;
}

/** Begins the address of a file that was put into the product: it has no host, since it is wherever the product is. */
const ownAddress = /^\/media\/[0-9A-Za-z]+\/(.+)$/;

/** The name of a file of ours by its address; null: it lies elsewhere. */
export function ownFileName(address: string): string | null {
  const name = ownAddress.exec(address)?.[1];
  return name === undefined ? null : safelyDecoded(name);
}

/** Where a provider fetches a file from. */
export const publicAddress = (address: string, publicUrl: string): string =>
  ownAddress.test(address) ? publicUrl + address : address;

function safelyDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
