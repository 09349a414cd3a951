const megabyte = 1024 * 1024;

type MediaKind = { types: readonly string[]; maxBytes: number };

const images: MediaKind = { types: ["image/jpeg", "image/png"], maxBytes: 5 * megabyte };
const videos: MediaKind = { types: ["video/mp4", "video/3gpp"], maxBytes: 16 * megabyte };
const audios: MediaKind = {
  types: ["audio/aac", "audio/amr", "audio/mpeg", "audio/mp4", "audio/ogg"],
  maxBytes: 16 * megabyte,
};
const stickers: MediaKind = { types: ["image/webp"], maxBytes: 500 * 1024 };
const papers: MediaKind = {
  types: [
    "text/plain",
    "application/pdf",
    "application/msword",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "application/vnd.ms-excel",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/vnd.ms-powerpoint",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation",
  ],
  maxBytes: 100 * megabyte,
};
const everything = [images, videos, audios, stickers, papers];

const kinds = new Map<string, MediaKind>([
  ["image", images],
  ["video", videos],
  ["gif", { types: ["video/mp4"], maxBytes: 3.5 * megabyte }],
  ["audio", audios],
  ["sticker", stickers],
  // A document may be a file of any listed type.
  ["document", { types: everything.flatMap((kind) => kind.types), maxBytes: 100 * megabyte }],
]);

const maxBytesByType = new Map(everything.flatMap(({ types, maxBytes }) => types.map((type) => [type, maxBytes])));

/** Largest upload in bytes by MIME type, undefined for types WhatsApp does not take (section 6). */
export const maxUploadBytes = (mimeType: string): number | undefined => maxBytesByType.get(bareType(mimeType));

// Voice messages come as "audio/ogg; codecs=opus".
const bareType = (mimeType: string): string => mimeType.split(";")[0]?.trim().toLowerCase() ?? "";

/** Whether a message of this kind (image, sticker, ...) can show a file of this type and size. */
export function acceptsMedia(kind: string, mimeType: string, bytes: number): boolean {
  const accepted = kinds.get(kind);
  return accepted === undefined || (accepted.types.includes(bareType(mimeType)) && bytes <= accepted.maxBytes);
}

export const maxBytesOf = (kind: string): number => kinds.get(kind)?.maxBytes ?? 100 * megabyte;

const maxStillStickerBytes = 100 * 1024;

/** A sticker that moves may be five times as large as one that does not. */
export const isTooLargeSticker = (bytes: Buffer): boolean => bytes.length > maxStillStickerBytes && !isAnimated(bytes);

// An animated WebP has a VP8X header with the animation bit (0x02) set.
export const isAnimated = (bytes: Buffer): boolean =>
  bytes.length > 20 && bytes.toString("latin1", 12, 16) === "VP8X" && ((bytes[20] ?? 0) & 0x02) !== 0;
