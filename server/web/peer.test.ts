import http from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { isLocalCall, markPeer } from "./peer.ts";

const web = http.createServer((request, response) => {
  markPeer(request);
  const headers = new Headers(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
  response.end(String(isLocalCall(headers)));
});
let port = 0;
beforeAll(async () => {
  await new Promise<void>((resolve) => web.listen(0, "127.0.0.1", resolve));
  port = (web.address() as AddressInfo).port;
});
afterAll(() => {
  web.close();
});

const ask = (headers: Record<string, string>) =>
  new Promise<string>((resolve, reject) => {
    http
      .get({ host: "127.0.0.1", port, headers }, (response) => response.setEncoding("utf8").on("data", resolve))
      .on("error", reject);
  });

test.each([
  ["a program on this machine", {}, "true"],
  ["a page of our own", { host: "localhost:3000", origin: "http://localhost:3000" }, "true"],
  ["somebody behind a proxy", { "x-forwarded-for": "203.0.113.9" }, "false"],
  ["somebody who pretends", { "x-chasqui-peer": "local", forwarded: "for=203.0.113.9" }, "false"],
  ["a page of another site, open here", { host: "localhost:3000", origin: "https://evil.example" }, "false"],
  ["another site whose name leads here", { host: "evil.example:3000" }, "false"],
])("who counts as local: %s", async (_, headers, isLocal) => expect(await ask(headers)).toBe(isLocal));
