import { spawn } from "node:child_process";
import { appendFile, mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test, vi } from "vitest";
import { sandboxControl } from "./control-client.ts";
import { sandboxIdentity } from "./identity.ts";
import { aSandbox, aSubscriber } from "./sandbox.fixture.ts";

const patience = { timeout: 40_000, interval: 20 };

const secret = "9".repeat(64);
const hello = { type: "template", template: { name: "hello_world", language: { code: "en_US" } } };

const freePort = () =>
  new Promise<number>((found) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => found(typeof address === "object" && address ? address.port : 0));
    });
  });

function startProcess(home: string, port: number) {
  const env = {
    ...process.env,
    CHASQUI_HOME: home,
    CHASQUI_SECRET: secret,
    SANDBOX_PORT: String(port),
    DATABASE_URL: "postgres://unused",
  };
  return spawn(process.execPath, ["server/sandbox/main.ts"], { env, stdio: "ignore" });
}

const isUp = (url: string) =>
  vi.waitFor(async () => expect((await fetch(`${url}/__sandbox/health`)).status).toBe(200), {
    timeout: 40_000,
    interval: 50,
  });

test("every send that was answered is there after kill -9", async () => {
  const home = await mkdtemp(path.join(tmpdir(), "chasqui-kill-"));
  const url = `http://127.0.0.1:${await freePort()}`;
  const port = Number(new URL(url).port);
  const { token, phoneNumberId } = sandboxIdentity(secret);
  const answered: string[] = [];
  const sendUntilDead = async (worker: number) => {
    for (let index = 0; ; index++) {
      const body = JSON.stringify({ messaging_product: "whatsapp", to: `+3360000${worker}${1000 + index}`, ...hello });
      const response = await fetch(`${url}/v25.0/${phoneNumberId}/messages`, {
        method: "POST",
        headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
        body,
      }).catch(() => null);
      const answer = (await response?.json().catch(() => null)) as { messages: { id: string }[] } | null;
      if (!answer) return;
      answered.push(answer.messages[0]?.id ?? "");
    }
  };
  const first = startProcess(home, port);
  await isUp(url);
  const workers = [0, 1, 2, 3].map(sendUntilDead);
  await vi.waitFor(() => expect(answered.length).toBeGreaterThan(100), { timeout: 40_000 });
  first.kill("SIGKILL");
  await Promise.all(workers);
  // A kill in the middle of a write leaves half a line behind.
  await appendFile(path.join(home, "sandbox", "ledger.jsonl"), '{"k":"message","mess');
  const second = startProcess(home, port);
  try {
    await isUp(url);
    const kept = new Set((await sandboxControl(url).messages({ direction: "outbound" })).map((row) => row.wamid));
    expect(answered.filter((wamid) => !kept.has(wamid))).toEqual([]);
    expect(kept.size).toBeGreaterThanOrEqual(answered.length);
  } finally {
    const ended = new Promise((done) => second.once("exit", done));
    second.kill("SIGTERM");
    expect(await ended).toBe(0);
    await rm(home, { recursive: true });
  }
});

test("what the subscriber has not taken and what has not happened yet goes on after a restart", async () => {
  const subscriber = await aSubscriber();
  const before = await aSandbox();
  await before.control.subscribe(subscriber.url);
  await before.control.call("POST", "schedule", { sent_ms: 0, delivered_ms: 3_600_000, read_ms: null });
  subscriber.answerWith(500);
  const wamid = (await before.send(hello)).body.messages?.[0]?.id ?? "";
  await vi.waitFor(() => expect(before.sandbox.webhooks.deliveries.length).toBeGreaterThan(0), patience);
  await before.close();
  subscriber.answerWith(200);
  const after = await aSandbox({ home: before.home });
  const statuses = () => subscriber.statusesOf(wamid).map((node) => node.status);
  await vi.waitFor(() => expect(statuses()).toEqual(["sent"]), patience);
  await after.control.advance(2 * 3_600_000);
  await vi.waitFor(() => expect(statuses()).toEqual(["sent", "delivered"]), patience);
  subscriber.close();
  await after.remove();
});

test("the same calls give the same ids", async () => {
  const wamids = async () => {
    const sandbox = await aSandbox();
    const sent = [
      (await sandbox.send(hello)).body.messages?.[0]?.id,
      (await sandbox.send(hello)).body.messages?.[0]?.id,
    ];
    const ledger = await readFile(path.join(sandbox.home, "sandbox", "ledger.jsonl"), "utf8");
    expect(ledger).toContain(sent[1]);
    await sandbox.remove();
    return sent;
  };
  const first = await wamids();
  expect(new Set(first).size).toBe(2);
  expect(await wamids()).toEqual(first);
});
