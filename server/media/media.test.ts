import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { ReadableStream } from "node:stream/web";
import { and, eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { audit, media } from "#db/schema/index.ts";
import { type MediaKind, mediaLimits, ownFileName, publicAddress } from "#flow/media-limits.ts";
import { openTestDoor, type TestDoor } from "#server/door/test-door.ts";
import { joinWorkspace } from "#server/test-actor.ts";
import type { Actor } from "#server/trpc.ts";
import { receiveMedia } from "./receive-media.ts";

let door: TestDoor;
let actor: Actor;
const home = mkdtempSync(path.join(tmpdir(), "chasqui-media-"));
beforeAll(async () => {
  door = await openTestDoor(home);
  const joined = await joinWorkspace(door.database.db, door.tenant.workspaceId, { role: "maker" });
  actor = { ...joined, env: { ...joined.env, home } };
});
afterAll(async () => {
  await door.close();
  rmSync(home, { recursive: true, force: true });
});

const png = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);
const pdf = Buffer.from("%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n");
const mp3 = Buffer.concat([
  Buffer.from("ID3\u0003\u0000\u0000\u0000\u0000\u0000\u0000", "latin1"),
  Buffer.from([0xff, 0xfb, 0x90, 0x44]),
  Buffer.alloc(2_000),
]);

const bodyOf = (bytes: Buffer) => new Blob([new Uint8Array(bytes)]).stream() as ReadableStream<Uint8Array>;

const give = (kind: MediaKind, fileName: string, bytes: Buffer, by = actor) =>
  receiveMedia(by, { kind, fileName, body: bodyOf(bytes) });
const kept = () => {
  try {
    return readdirSync(path.join(home, "media", door.tenant.workspaceId));
  } catch {
    return [];
  }
};

test.each<[MediaKind, string, Buffer, string, string]>([
  ["image", "Nos cartes.PNG", png, "Nos cartes.png", "image/png"],
  ["document", "../../etc/Relevé\u202e.pdf", pdf, "Relevé.pdf", "application/pdf"],
  ["audio", "", mp3, "audio.mp3", "audio/mpeg"],
])(
  "a file for a message is kept, and served to whoever has its address: %s",
  async (kind, fileName, bytes, name, mime) => {
    const received = await give(kind, fileName, bytes);
    expect(received).toMatchObject({ fileName: name, bytes: bytes.length });
    expect(ownFileName(received.address)).toBe(name);
    const response = await fetch(publicAddress(received.address, door.url));
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toBe(mime);
    expect(response.headers.get("cache-control")).toContain("immutable");
    expect(Buffer.from(await response.arrayBuffer()).equals(bytes)).toBe(true);
    const head = await fetch(publicAddress(received.address, door.url), { method: "HEAD" });
    expect([head.status, head.headers.get("content-length")]).toEqual([200, String(bytes.length)]);
    const [row] = await door.database.db.select().from(media).where(eq(media.fileName, name));
    const told = and(eq(audit.subjectId, row?.id ?? ""), eq(audit.action, "upload-media"));
    expect(await door.database.db.$count(audit, told)).toBe(1);
  },
);

describe("is refused, and leaves nothing behind:", () => {
  test.each<[string, MediaKind, string, Buffer, string]>([
    ["what is something else than its name says", "image", "card.png", pdf, "bad-input"],
    ["a picture as a video", "video", "card.mp4", png, "bad-input"],
    ["a page with a script", "document", "a.pdf", Buffer.from("<html><script>alert(1)</script>"), "bad-input"],
    ["nothing", "image", "a.png", Buffer.alloc(0), "bad-input"],
    ["one byte too many", "image", "a.png", Buffer.concat([png, Buffer.alloc(mediaLimits.image.bytes)]), "too-large"],
  ])("%s", async (_, kind, name, bytes, code) => {
    const [files, rows] = [kept().length, await door.database.db.$count(media)];
    await expect(give(kind, name, bytes)).rejects.toMatchObject({ code });
    expect([kept().length, await door.database.db.$count(media)]).toEqual([files, rows]);
  });

  test("what comes from who may not change flows", async () => {
    const viewer = { ...actor, session: { ...actor.session, role: "analyst" as const } };
    await expect(give("image", "a.png", png, viewer)).rejects.toMatchObject({ code: "not-allowed" });
  });
});

test.each(["/media/aaaaaaaaaaaaaaaaaaaaaa/a.png", "/media/../../etc/passwd", "/media/", "/media/short"])(
  "there is nothing at %s",
  async (address) => expect((await fetch(`${door.url}${address}`)).status).toBe(404),
);

test("only an address of ours gets our host", () => {
  expect(publicAddress("/media/abc123/a%20b.png", "https://x.test")).toBe("https://x.test/media/abc123/a%20b.png");
  expect(publicAddress("https://bank.test/media/a.png", "https://x.test")).toBe("https://bank.test/media/a.png");
  expect(ownFileName("https://bank.test/media/abc/a.png")).toBeNull();
  expect(ownFileName("/media/abc123/%E0%A4%A.png")).toBe("%E0%A4%A.png");
});
