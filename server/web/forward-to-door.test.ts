import { createHmac, randomBytes } from "node:crypto";
import http, { type IncomingMessage, type RequestOptions, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { forwardToDoor, isDoorPath } from "./forward-to-door.ts";

type Seen = { method: string; url: string; headers: Record<string, string[]>; body: Buffer };
type Answer = { status: number; headers: IncomingMessage["headers"]; body: string };

let seen: Seen[] = [];
let answer: (request: IncomingMessage, response: ServerResponse) => void;
const door = http.createServer(async (request, response) => {
  if (request.url?.includes("early")) return void response.writeHead(413).end("too large");
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  seen.push({
    method: request.method ?? "",
    url: request.url ?? "",
    headers: headersOf(request),
    body: Buffer.concat(chunks),
  });
  answer(request, response);
});
let doorPort = 0;
const web = http.createServer((request, response) =>
  forwardToDoor(request, response, { host: "127.0.0.1", port: doorPort }),
);
let webPort = 0;

beforeAll(async () => {
  doorPort = await listen(door);
  webPort = await listen(web);
});
afterAll(() => {
  for (const server of [web, door]) {
    server.closeAllConnections();
    server.close();
  }
});
beforeEach(() => {
  seen = [];
  answer = (_, response) => response.writeHead(202, { "content-type": "application/json" }).end("{}");
});

const listen = (server: http.Server) =>
  new Promise<number>((resolve) =>
    server.listen(0, "127.0.0.1", () => resolve((server.address() as AddressInfo).port)),
  );

function headersOf(request: IncomingMessage): Record<string, string[]> {
  const headers: Record<string, string[]> = {};
  for (let index = 0; index + 1 < request.rawHeaders.length; index += 2) {
    const name = request.rawHeaders[index]?.toLowerCase() ?? "";
    headers[name] = [...(headers[name] ?? []), request.rawHeaders[index + 1] ?? ""];
  }
  return headers;
}

function send(options: RequestOptions, body?: Buffer): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = http.request({ host: "127.0.0.1", port: webPort, ...options }, (response) => {
      text(response).then(
        (body) => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }),
        reject,
      );
    });
    request.on("error", reject);
    request.end(body);
  });
}

const sign = (body: Buffer) => `sha256=${createHmac("sha256", "app secret").update(body).digest("hex")}`;

test.each([
  [
    "gzip under a wrong label",
    gzipSync(randomBytes(40_000)),
    { "content-encoding": "gzip", "content-type": "text/plain; charset=x" },
  ],
  ["a form that is none", Buffer.from('{"type":"track"}'), { "content-type": "application/x-www-form-urlencoded" }],
  [
    "escapes that a parser would change",
    Buffer.from('{"a":"\\u00e9\\/b", "n": 1.0, "n": 2}'),
    { "content-type": "application/json" },
  ],
  ["bytes that are no text", randomBytes(700_000), {}],
  ["chunks", randomBytes(300_000), { "transfer-encoding": "chunked" }],
])("every byte of the body reaches the door, so its signature holds: %s", async (_, body, headers) => {
  const signature = sign(body);
  const { status } = await send(
    { method: "POST", path: "/hooks/meta/c/t", headers: { ...headers, "X-Hub-Signature-256": signature } },
    body,
  );
  expect(status).toBe(202);
  expect(sign(seen[0]?.body ?? Buffer.alloc(0))).toBe(signature);
  expect(seen[0]?.headers).toMatchObject({
    ...Object.fromEntries(Object.entries(headers).map(([k, v]) => [k, [v]])),
    "x-hub-signature-256": [signature],
  });
});

test("path, query, host and repeated headers stay as they were written", async () => {
  const path = "/v1//track/../%2Fx?hub.mode=subscribe&a=%20+b&b=%zz&c=";
  await send({
    method: "GET",
    path,
    headers: { host: "chasqui.example.com", "x-twice": ["one", "two"], authorization: "Basic a2V5Og==" },
  });
  expect(seen[0]).toMatchObject({ method: "GET", url: path });
  expect(seen[0]?.headers).toMatchObject({
    host: ["chasqui.example.com"],
    "x-twice": ["one", "two"],
    authorization: ["Basic a2V5Og=="],
  });
});

test("the door learns who asked, after what an outer proxy wrote", async () => {
  await send({ path: "/v1/flows", headers: { "x-forwarded-for": "203.0.113.9" } });
  expect(seen[0]?.headers["x-forwarded-for"]).toEqual(["203.0.113.9", "127.0.0.1"]);
});

test("the door's answer comes back as it was: redirect, repeated cookies, no headers of ours", async () => {
  answer = (_, response) =>
    response.writeHead(302, { location: "https://example.com/a?b=%2F", "set-cookie": ["a=1", "b=2"] }).end();
  const { status, headers } = await send({ path: "/r/abc" });
  expect(status).toBe(302);
  expect(headers).toMatchObject({ location: "https://example.com/a?b=%2F", "set-cookie": ["a=1", "b=2"] });
});

test("HEAD stays HEAD: a link preview is not a click", async () => {
  await send({ method: "HEAD", path: "/r/abc" });
  expect(seen[0]?.method).toBe("HEAD");
});

test("an answer given before the body was read still reaches the caller", async () => {
  const { status, body } = await send({ method: "POST", path: "/v1/batch?early" }, randomBytes(3_000_000));
  expect([status, body]).toEqual([413, "too large"]);
});

test("while the door is away the caller is asked to come again: never a false success", async () => {
  const port = doorPort;
  doorPort = 1;
  const { status, headers, body } = await send({ method: "POST", path: "/v1/track" }, randomBytes(100_000)).finally(
    () => {
      doorPort = port;
    },
  );
  expect([status, headers["retry-after"]]).toEqual([503, "1"]);
  expect(JSON.parse(body)).toMatchObject({ error: { code: "unavailable" } });
});

test("an answer that breaks off is seen as broken", async () => {
  answer = (_, response) => {
    response.writeHead(200, { "content-length": "1000" });
    response.write("half");
    setImmediate(() => response.destroy());
  };
  await expect(send({ path: "/v1/flows" })).rejects.toThrow(/aborted|hang up|ECONNRESET/);
});

test.each([
  ["/v1/track", true],
  ["/hooks/meta/a/b?x=1", true],
  ["/r/abc", true],
  ["/u/abc", true],
  ["/o/abc", true],
  ["/v1", false],
  ["/flows/v1/x", false],
  ["/runs", false],
  ["/", false],
])("%s belongs to the door: %s", (url, isDoors) => expect(isDoorPath(url)).toBe(isDoors));
