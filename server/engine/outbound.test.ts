import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { isAllowedAddress, Outbound } from "./outbound.ts";

test.each([
  ["127.0.0.1", false],
  ["127.1.2.3", false],
  ["0.0.0.0", false],
  ["10.0.0.8", false],
  ["172.16.0.1", false],
  ["192.168.1.1", false],
  ["169.254.169.254", false],
  ["100.64.0.1", false],
  ["198.18.0.1", false],
  ["168.63.129.16", false],
  ["224.0.0.1", false],
  ["::1", false],
  ["::", false],
  ["::ffff:127.0.0.1", false],
  ["64:ff9b::7f00:1", false],
  ["2002:7f00:1::", false],
  ["fe80::1", false],
  ["fd00:ec2::254", false],
  ["8.8.8.8", true],
  ["2606:4700:4700::1111", true],
  ["not an address", false],
])("%s is reachable: %s", (address, expected) => expect(isAllowedAddress(address, false)).toBe(expected));

let port = 0;
let hits = 0;
const server = createServer((request, response) => {
  hits += 1;
  if (request.url === "/large") response.end("x".repeat(2_000_000));
  else if (request.url === "/redirect") response.writeHead(302, { location: "/large" }).end();
  else if (request.url !== "/hang") response.end("fine");
});
beforeAll(async () => {
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  ({ port } = server.address() as AddressInfo);
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const call = (host: string, path: string) => ({
  method: "GET" as const,
  url: `http://${host}:${port}${path}`,
  headers: {},
  body: null,
  timeoutMs: 500,
});

test.each(["127.0.0.1", "localhost", "2130706433", "0x7f.1", "[::ffff:127.0.0.1]"])(
  "%s is not called, whatever it is spelled like",
  async (host) => {
    const outbound = new Outbound({ allowsLoopback: false });
    expect(await outbound.call(call(host, "/"))).toEqual({ kind: "refused", reason: "address-not-allowed" });
    await outbound.close();
    expect(hits).toBe(0);
  },
);

test("answers, redirects, floods and silence each have their own end", async () => {
  const outbound = new Outbound({ allowsLoopback: true });
  expect(await outbound.call(call("127.0.0.1", "/"))).toEqual({ kind: "answer", status: 200, body: "fine" });
  expect(await outbound.call(call("127.0.0.1", "/redirect"))).toMatchObject({ kind: "answer", status: 302 });
  expect(await outbound.call(call("127.0.0.1", "/large"))).toMatchObject({ kind: "failed", reason: "too-large" });
  expect(await outbound.call(call("127.0.0.1", "/hang"))).toMatchObject({ kind: "failed", reason: "time-out" });
  expect(await outbound.call({ ...call("127.0.0.1", "/"), url: "http://127.0.0.1:1/" })).toMatchObject({
    kind: "failed",
  });
  await outbound.close();
});
