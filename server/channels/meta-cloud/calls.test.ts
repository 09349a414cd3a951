import { createHash } from "node:crypto";
import { createServer, type Server } from "node:http";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import type { Connection } from "../channel.ts";
import { isProviders } from "./media-calls.ts";
import { metaCloud } from "./meta-cloud.ts";

type Answer = { status?: number; body: unknown; bytes?: Buffer };

/** Stands for Meta: answers what a test has put there, and keeps what it was asked. */
let server: Server;
let asked: { method: string; path: string; query: Record<string, string>; body: unknown; token: string }[] = [];
let answers: Answer[] = [];
let place: { connection: Connection; signal: AbortSignal };

beforeAll(async () => {
  server = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part);
    const url = new URL(request.url ?? "/", "http://meta");
    const text = Buffer.concat(parts).toString("utf8");
    asked.push({
      method: request.method ?? "",
      path: url.pathname.replace(/^\/v\d+\.\d+/, ""),
      query: Object.fromEntries(url.searchParams),
      body: text.startsWith("{") ? JSON.parse(text) : text,
      token: request.headers.authorization ?? "",
    });
    const { status = 200, body, bytes } = answers.shift() ?? { status: 500, body: {} };
    response.writeHead(status, { "content-type": bytes ? "image/png" : "application/json" });
    response.end(bytes ?? JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});
afterAll(() => server.close());
beforeEach(() => {
  asked = [];
  answers = [];
  const address = server.address();
  const port = address !== null && typeof address === "object" ? address.port : 0;
  const connection = {
    channelId: "c",
    baseUrl: `http://127.0.0.1:${port}`,
    phoneNumberId: "1",
    accountId: "2",
    token: "secret",
    appSecret: "s",
    verifyToken: "v",
  };
  place = { connection, signal: AbortSignal.timeout(5_000) };
});

const ok = { body: { success: true } };
const done = (value: unknown = null) => ({ outcome: "done", value });

describe("a number", () => {
  test("marks a message as read and shows that it writes", async () => {
    answers = [ok];
    expect(await metaCloud.markRead(place, { wamid: "wamid.I", isTyping: true })).toEqual(done());
    expect(asked).toMatchObject([
      {
        method: "POST",
        path: "/1/messages",
        body: {
          messaging_product: "whatsapp",
          status: "read",
          message_id: "wamid.I",
          typing_indicator: { type: "text" },
        },
      },
    ]);
  });

  test("tells and changes what it says of itself", async () => {
    answers = [{ body: { data: [{ about: "Bank", websites: ["https://a"], messaging_product: "whatsapp" }] } }, ok];
    const profile = { about: "Bank", address: null, description: null, email: null, vertical: null, pictureUrl: null };
    expect(await metaCloud.readProfile(place)).toEqual(done({ ...profile, websites: ["https://a"] }));
    const change = { about: "Banque", email: null, pictureHandle: "4::h" };
    expect(await metaCloud.writeProfile(place, change)).toEqual(done());
    expect(asked[1]?.body).toEqual({
      messaging_product: "whatsapp",
      about: "Banque",
      email: "",
      profile_picture_handle: "4::h",
    });
  });

  test("blocks and lets in again, and tells for whom it worked", async () => {
    const users = [{ input: "+16505551234", wa_id: "16505551234" }];
    answers = [
      { body: { messaging_product: "whatsapp", block_users: { added_users: users } } },
      { body: { messaging_product: "whatsapp", block_users: { removed_users: users } } },
    ];
    const people = [{ phone: "+16505551234" }, { bsuid: "US.1" }];
    expect(await metaCloud.block(place, people)).toEqual(done(["+16505551234"]));
    expect(await metaCloud.unblock(place, people)).toEqual(done(["+16505551234"]));
    expect(asked.map(({ method, path }) => `${method} ${path}`)).toEqual([
      "POST /1/block_users",
      "DELETE /1/block_users",
    ]);
    expect(asked[0]?.body).toMatchObject({ block_users: [{ user: "+16505551234" }, { user_id: "US.1" }] });
    expect(await metaCloud.block(place, [])).toMatchObject({ outcome: "refused" });
  });

  test("lists whom it blocks, page by page", async () => {
    const paging = { next: "https://more", cursors: { before: "a", after: "b" } };
    answers = [
      { body: { data: [{ messaging_product: "whatsapp", wa_id: "16505551234" }], paging } },
      { body: { data: [], paging: { cursors: { before: "a", after: "b" } } } },
    ];
    expect(await metaCloud.listBlocked(place, { after: null })).toEqual(done({ items: ["16505551234"], next: "b" }));
    expect(await metaCloud.listBlocked(place, { after: "b" })).toEqual(done({ items: [], next: null }));
    expect(asked[1]?.query).toMatchObject({ after: "b" });
  });
});

describe("a file", () => {
  const bytes = Buffer.from("a picture");
  const digest = createHash("sha256").update(bytes).digest();
  const facts = (url: string, more: object = {}) => ({
    body: { messaging_product: "whatsapp", id: "9", url, mime_type: "image/png", file_size: "9", ...more },
  });
  const own = () => `${place.connection.baseUrl}/file/9`;
  const download = (mostBytes = 100) => metaCloud.downloadMedia(place, { id: "9", mostBytes });

  test.each([
    ["hex", digest.toString("hex")],
    ["base64", digest.toString("base64")],
  ])("is fetched from the address that was told, its checksum in %s", async (_, sha256) => {
    answers = [facts(own(), { sha256 }), { body: null, bytes }];
    expect(await download()).toEqual(done({ bytes, mime: "image/png", sha256 }));
    expect(asked.map(({ path, token }) => [path, token])).toEqual([
      ["/9", "Bearer secret"],
      ["/file/9", "Bearer secret"],
    ]);
    expect(asked[0]?.query).toEqual({ phone_number_id: "1" });
  });

  test("that is not what was told is not taken", async () => {
    answers = [facts(own(), { sha256: "0".repeat(64) }), { body: null, bytes }];
    expect(await download()).toMatchObject({ outcome: "refused", class: "transient" });
  });

  test("that is too large is not read to its end, whatever was told of it", async () => {
    answers = [facts(own(), { file_size: 1000 })];
    expect(await download()).toMatchObject({ outcome: "refused", class: "bug" });
    expect(asked).toHaveLength(1);
    answers = [facts(own(), { file_size: 5 }), { body: null, bytes: Buffer.alloc(2_000_000) }];
    expect(await download()).toMatchObject({ outcome: "refused", class: "bug" });
  });

  test("whose address has run out is refused", async () => {
    answers = [facts(own()), { status: 404, body: {} }];
    expect(await download()).toMatchObject({ outcome: "refused", class: "transient" });
  });

  test("at a stranger's address is not even asked for, and the token stays here", async () => {
    for (const url of ["http://169.254.169.254/latest/meta-data", "http://localhost:1/x", "https://evil.example/x"]) {
      answers = [facts(url)];
      expect(await download()).toMatchObject({ outcome: "refused", class: "bug" });
    }
    expect(asked).toHaveLength(3);
  });

  test.each([
    ["https://lookaside.fbsbx.com/whatsapp_business/attachments/?mid=1", true],
    ["https://graph.facebook.com/x", true],
    ["https://mmg.whatsapp.net/x", true],
    ["http://lookaside.fbsbx.com/x", false],
    ["https://lookaside.fbsbx.com:8443/x", false],
    ["https://fbsbx.com.evil.example/x", false],
    ["https://evilfbsbx.com/x", false],
    ["https://user:secret@lookaside.fbsbx.com/x", false],
    ["file:///etc/passwd", false],
    ["https://10.0.0.1/x", false],
  ])("of Meta's lies at %s: %s", (url, expected) => {
    expect(isProviders(url, { ...place.connection, baseUrl: "https://graph.facebook.com" })).toBe(expected);
    expect(isProviders(url, { ...place.connection, baseUrl: "https://proxy.bank.example" })).toBe(false);
  });

  test("is stored as a form, and removed", async () => {
    answers = [{ body: { id: "77" } }, ok];
    const file = { bytes, mime: "image/png", fileName: "card.png" };
    expect(await metaCloud.uploadMedia(place, file)).toEqual(done({ id: "77" }));
    expect(asked[0]?.path).toBe("/1/media");
    const form = z.string().parse(asked[0]?.body);
    for (const part of ['name="messaging_product"', "whatsapp", 'filename="card.png"', "image/png", "a picture"])
      expect(form).toContain(part);
    expect(await metaCloud.deleteMedia(place, "77")).toEqual(done());
    expect(asked[1]).toMatchObject({ method: "DELETE", path: "/77", query: { phone_number_id: "1" } });
  });
});

describe("templates", () => {
  const listed = { id: "900", name: "kyc", language: "en", category: "UTILITY", status: "APPROVED", components: [] };

  test("are listed, and one that cannot be read costs nobody else's place", async () => {
    const quality_score = { score: "GREEN", date: 1 };
    const rejected = { ...listed, id: "901", status: "REJECTED", rejected_reason: "INVALID_FORMAT" };
    answers = [{ body: { data: [{ ...listed, quality_score }, { id: 3 }, rejected] } }];
    const known = { name: "kyc", language: "en", category: "utility", components: [] };
    expect(await metaCloud.listTemplates(place, { after: null, name: "kyc" })).toEqual(
      done({
        items: [
          { ...known, providerId: "900", status: "approved", reason: null, quality: "green" },
          { ...known, providerId: "901", status: "rejected", reason: "INVALID_FORMAT", quality: null },
        ],
        next: null,
      }),
    );
    expect(asked[0]).toMatchObject({ path: "/2/message_templates", query: { name: "kyc", limit: "100" } });
  });

  test("are made out of the library, edited and deleted", async () => {
    answers = [{ body: { id: "900", status: "APPROVED", category: "UTILITY" } }, ok, ok];
    const fromLibrary = {
      name: "due",
      language: "en",
      category: "utility" as const,
      libraryName: "payment_due_reminder_1",
      buttons: [{ kind: "url" as const, url: "https://a/{{1}}", sample: "https://a/b" }],
    };
    expect(await metaCloud.createTemplate(place, fromLibrary)).toEqual(
      done({ providerId: "900", status: "approved", category: "utility" }),
    );
    expect(asked[0]?.body).toMatchObject({
      library_template_name: "payment_due_reminder_1",
      library_template_button_inputs: [{ type: "URL", url: { base_url: "https://a/{{1}}" } }],
    });
    const definition = {
      name: "due",
      language: "en",
      category: "utility" as const,
      variables: "named" as const,
      body: { text: "Hello {{first_name}}, it is due.", samples: { first_name: "Ana" } },
    };
    expect(await metaCloud.editTemplate(place, "900", definition)).toEqual(done());
    expect(asked[1]).toMatchObject({
      path: "/900",
      body: {
        components: [
          { type: "BODY", example: { body_text_named_params: [{ param_name: "first_name", example: "Ana" }] } },
        ],
      },
    });
    expect(await metaCloud.deleteTemplate(place, { name: "due", providerId: "900" })).toEqual(done());
    expect(asked[2]).toMatchObject({ method: "DELETE", query: { name: "due", hsm_id: "900" } });
  });

  test("that are gone already are deleted", async () => {
    const error = {
      code: 100,
      message: "(#100) Invalid parameter",
      error_data: { details: "Template does not exist" },
    };
    answers = [{ status: 404, body: { error } }];
    expect(await metaCloud.deleteTemplate(place, { name: "gone" })).toEqual(done());
  });

  test("are looked for in the library", async () => {
    const entry = { name: "p", language: "en", category: "UTILITY", topic: "PAYMENTS", body: "Due", industry: ["X"] };
    answers = [{ body: { data: [entry], paging: { next: "https://more", cursors: { after: "c" } } } }];
    expect(await metaCloud.listLibrary(place, { after: null, usecase: "PAYMENT_DUE_REMINDER" })).toMatchObject(
      done({ items: [{ name: "p", topic: "PAYMENTS", usecase: null, industries: ["X"], body: "Due" }], next: "c" }),
    );
    expect(asked[0]).toMatchObject({ path: "/message_template_library", query: { usecase: "PAYMENT_DUE_REMINDER" } });
  });
});

const calls: [string, () => Promise<{ outcome: string }>][] = [
  ["mark-read", () => metaCloud.markRead(place, { wamid: "w", isTyping: false })],
  ["upload", () => metaCloud.uploadMedia(place, { bytes: Buffer.from("a"), mime: "image/png", fileName: "a" })],
  ["download", () => metaCloud.downloadMedia(place, { id: "9", mostBytes: 10 })],
  ["delete a file", () => metaCloud.deleteMedia(place, "9")],
  ["read the profile", () => metaCloud.readProfile(place)],
  ["write the profile", () => metaCloud.writeProfile(place, { about: "a" })],
  ["block", () => metaCloud.block(place, [{ phone: "+1" }])],
  ["unblock", () => metaCloud.unblock(place, [{ phone: "+1" }])],
  ["list the blocked", () => metaCloud.listBlocked(place, { after: null })],
  ["list templates", () => metaCloud.listTemplates(place, { after: null })],
  ["delete a template", () => metaCloud.deleteTemplate(place, { name: "a" })],
  ["list the library", () => metaCloud.listLibrary(place, { after: null })],
];

describe.each(calls)("whatever the provider does, %s gives a value:", (_, ask) => {
  test("a refusal has its class and code", async () => {
    answers = [{ status: 401, body: { error: { code: 190, message: "Token", error_data: { details: "expired" } } } }];
    expect(await ask()).toMatchObject({ outcome: "refused", class: "account", code: 190, detail: "Token: expired" });
  });

  test("an answer that makes no sense leaves it open", async () => {
    answers = [{ body: ["?"] }];
    expect(await ask()).toMatchObject({ outcome: "unknown" });
  });

  test("nobody there is a refusal that passes", async () => {
    place.connection = { ...place.connection, baseUrl: "http://127.0.0.1:1" };
    expect(await ask()).toMatchObject({ outcome: "refused", class: "transient" });
  });
});
