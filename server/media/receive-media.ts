import { createWriteStream } from "node:fs";
import { mkdir, rm, stat } from "node:fs/promises";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ReadableStream } from "node:stream/web";
import { fileTypeFromFile } from "file-type";
import { media } from "#db/schema/index.ts";
import { type MediaKind, mediaLimits } from "#flow/media-limits.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import { isAllowed } from "../auth/permissions.ts";
import { DomainError } from "../errors.ts";
import { newId } from "../id.ts";
import { randomCode } from "../secret.ts";
import type { Actor } from "../trpc.ts";
import { mediaPlace } from "./media-place.ts";

type Incoming = { kind: MediaKind; fileName: string; body: ReadableStream<Uint8Array> };

/** `address` is what a blank of a message is filled with: without a host, and with the name that the person sees. */
export type ReceivedMedia = { address: string; fileName: string; bytes: number };

/** Not to be guessed: who knows the address may read the file. */
const codeLength = 22;

/**
 * Keeps a file that messages may show, as it comes in and without ever holding it whole. Refused where WhatsApp would not take it: by
 * its size, and by what its bytes are, whatever its name says.
 */
export async function receiveMedia(actor: Actor, { kind, fileName, body }: Incoming): Promise<ReceivedMedia> {
  const { db, session, clock, env } = actor;
  if (!isAllowed(session.role, "edit-flows"))
    throw new DomainError("not-allowed", "Your role may not change flows. Ask an owner of the workspace.");
  const [id, code] = [newId(), randomCode(codeLength)];
  const { workspaceId } = session;
  const place = mediaPlace(env, { workspaceId, id });
  await mkdir(place.folder, { recursive: true, mode: 0o700 });
  try {
    await pipeline(
      Readable.fromWeb(body),
      limitBytes(kind),
      createWriteStream(place.file, { mode: 0o600, flags: "wx", flush: true }),
    );
    const { mime, ending } = await typeOf(kind, place.file);
    const { size: bytes } = await stat(place.file);
    const name = safeName(fileName, { kind, ending });
    await db.transaction(async (tx) => {
      const row = { id, workspaceId, code, kind, fileName: name, mime, bytes };
      await tx.insert(media).values({ ...row, createdBy: session.userId, createdAt: clock.now() });
      await recordAudit(tx, actor, {
        action: "upload-media",
        subject: "media",
        subjectId: id,
        detail: { kind, fileName: name, bytes },
      });
    });
    return { address: `/media/${code}/${encodeURIComponent(name)}`, fileName: name, bytes };
  } catch (error) {
    await rm(place.file, { force: true });
    throw error;
  }
}

const limitBytes = (kind: MediaKind) =>
  async function* limited(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    const most = mediaLimits[kind].bytes;
    let bytes = 0;
    for await (const chunk of chunks) {
      bytes += chunk.length;
      if (bytes > most)
        throw new DomainError("too-large", `WhatsApp takes at most ${most / 1024 / 1024} MB of this kind.`);
      yield chunk;
    }
    if (bytes === 0) throw new DomainError("bad-input", "This file is empty.");
  };

async function typeOf(kind: MediaKind, file: string): Promise<{ mime: string; ending: string }> {
  const found = await fileTypeFromFile(file);
  const { types } = mediaLimits[kind];
  const known = found && types[found.mime];
  if (known) return known;
  const endings = [...new Set(Object.values(types).map(({ ending }) => ending))].join(", ");
  throw new DomainError("bad-input", `WhatsApp takes no such file here. Choose one of these: ${endings}.`, {
    rule: "media-type",
  });
}

/** The name that the person sees: no path, no control or direction characters, the ending of what it really is. */
function safeName(name: string, { kind, ending }: { kind: MediaKind; ending: string }): string {
  const base = (name.split(/[/\\]/).pop() ?? "").replace(/[\p{C}<>:"|?*]/gu, "").replace(/\.[^.]*$/, "");
  return `${base.trim().slice(0, 100).toWellFormed() || kind}.${ending}`;
}
