import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, expect, test } from "vitest";
import { checkHook } from "./check-hook.ts";

/** Somebody at the address: what stands there decides how it answers. */
let answer: (request: IncomingMessage, body: string) => { status: number; text: string };
const server = createServer(async (request, response) => {
  const { status, text: said } = answer(request, await text(request));
  response.writeHead(status).end(said);
});
let url: string;
beforeAll(async () => {
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
});
afterAll(() => server.close());

const probe = { body: "{}", headers: { "x-signature": "of {}" } };
const challengeOf = (request: IncomingMessage) =>
  new URL(request.url ?? "", url).searchParams.get("hub.challenge") ?? "";
const shakes = (request: IncomingMessage) => ({ status: 200, text: challengeOf(request) });

test.each([
  ["a door that knows its own", (isGenuine: boolean) => (isGenuine ? 200 : 401), "ok", null],
  ["one that takes everything", () => 200, "failed", "forged-taken"],
  ["one with another secret", () => 401, "failed", "genuine-refused"],
  ["one that is broken", () => 500, "failed", "genuine-refused"],
] as const)("%s", async (_, statusOf, state, found) => {
  answer = (request, body) =>
    request.method === "GET" ? shakes(request) : { status: statusOf(body === probe.body), text: "" };
  const checks = await checkHook(url, { verifyToken: "secret", probe });
  expect(checks).toMatchObject([
    { name: "handshake", state: "ok" },
    { name: "signature", state, found },
  ]);
});

test.each([
  ["a page of somebody else", () => ({ status: 200, text: "<html>" }), "HTTP 200"],
  ["a wrong verify token", () => ({ status: 403, text: "" }), "HTTP 403"],
  ["a detour", () => ({ status: 302, text: "" }), "HTTP 302"],
] as const)("%s at the address is no handshake, and the signature is not asked for", async (_, says, detail) => {
  answer = says;
  expect(await checkHook(url, { verifyToken: "secret", probe })).toMatchObject([
    { name: "handshake", state: "failed", detail },
    { name: "signature", state: "unknown" },
  ]);
});

test("nobody at the address is told as such", async () => {
  const [handshake] = await checkHook("http://127.0.0.1:1/hook", { verifyToken: "secret", probe });
  expect(handshake).toMatchObject({ state: "failed", detail: expect.stringContaining("fetch failed") });
});
