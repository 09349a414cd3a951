// npm run sandbox: the WhatsApp sandbox alone, for whoever builds something else against the Cloud API. See server/sandbox/README.md.
import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { sandboxControl } from "#server/sandbox/control-client.ts";
import { graphVersion, type SandboxIdentity, sandboxIdentity } from "#server/sandbox/identity.ts";
import { startSandbox } from "#server/sandbox/server.ts";

const usage = `npm run sandbox -- [options]
  --port 3100            where it listens (SANDBOX_PORT); 0: any free port
  --host 127.0.0.1       the address it binds to
  --home .chasqui/alone  where it keeps its ledger, media and secret
  --seed <text>          ids and delays come from it; the same calls then give the same answers
  --webhook <url>        subscribes it at once, with Meta's GET handshake
  --verify-token <text>  for that handshake; its own unless given
  --fetch-links          fetches media that is sent by link, and fails what cannot be had
  --fresh                forgets everything it knew first
  --json                 prints the one line that programs want`;

const options = {
  port: { type: "string" },
  host: { type: "string", default: "127.0.0.1" },
  home: { type: "string", default: path.join(".chasqui", "alone") },
  seed: { type: "string" },
  webhook: { type: "string" },
  "verify-token": { type: "string" },
  "fetch-links": { type: "boolean", default: false },
  fresh: { type: "boolean", default: false },
  json: { type: "boolean", default: false },
  help: { type: "boolean", default: false },
} as const;

const say = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

async function main(): Promise<void> {
  const { values: given } = parseArgs({ options, args: process.argv.slice(2) });
  if (given.help) return say(usage);
  const port = Number(given.port ?? process.env.SANDBOX_PORT ?? 3100);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new Error("--port takes a number from 0 to 65535.");
  const home = path.resolve(given.home);
  if (given.fresh) rmSync(path.join(home, "sandbox"), { recursive: true, force: true });
  const identity = sandboxIdentity(keptSecret(home));
  const seed = given.seed ?? identity.phoneNumberId;
  const { url, close } = await startSandbox({ host: given.host, port, home, identity, seed });
  stopOnSignals(close);
  const control = sandboxControl(url);
  if (given["fetch-links"]) await control.call("POST", "limits", { fetches_links: true });
  const token = given["verify-token"];
  if (given.webhook)
    await control.call("POST", "webhook", { url: given.webhook, ...(token ? { verify_token: token } : {}) });
  say(given.json ? JSON.stringify({ url, version: graphVersion, ...identity }) : greeting(url, identity));
}

/** The identity comes from a secret that is made once and stays with the ledger. */
function keptSecret(home: string): string {
  const file = path.join(home, "secret");
  if (existsSync(file)) return readFileSync(file, "utf8").trim();
  const secret = randomBytes(32).toString("hex");
  mkdirSync(home, { recursive: true });
  writeFileSync(file, secret, { mode: 0o600 });
  return secret;
}

const greeting = (url: string, identity: SandboxIdentity) => `The WhatsApp sandbox is ready.

  Base URL             ${url}/${graphVersion}
  Access token         ${identity.token}
  Phone number id      ${identity.phoneNumberId}
  Business account id  ${identity.accountId}
  App secret           ${identity.appSecret}
  Verify token         ${identity.verifyToken}
  Sender's number      ${identity.displayPhone}

Send a first message:
  curl ${url}/${graphVersion}/${identity.phoneNumberId}/messages \\
    -H "Authorization: Bearer ${identity.token}" -H "Content-Type: application/json" \\
    -d '{"messaging_product":"whatsapp","to":"+33612345678","type":"template","template":{"name":"hello_world","language":{"code":"en_US"}}}'
Set your webhook (it must answer the GET handshake):
  curl ${url}/__sandbox/webhook -d '{"url":"http://127.0.0.1:8080/webhook"}'
Be the customer, and see what was sent:
  curl ${url}/__sandbox/inbound -d '{"from":"33612345678","text":"Hello"}'
  curl ${url}/__sandbox/messages
Everything else: server/sandbox/README.md. Ctrl+C stops it; it goes on where it stopped.`;

function stopOnSignals(close: () => Promise<void>): void {
  let isClosing = false;
  const stop = async (): Promise<void> => {
    if (isClosing) return;
    isClosing = true;
    await close();
    process.exit(0);
  };
  process.on("SIGINT", () => void stop());
  process.on("SIGTERM", () => void stop());
}

await main().catch((error: unknown) => {
  const isTaken = error instanceof Error && "code" in error && error.code === "EADDRINUSE";
  const why = error instanceof Error ? error.message : String(error);
  console.error(isTaken ? `The port is taken; give another one: npm run sandbox -- --port 0` : `${why}\n\n${usage}`);
  process.exit(1);
});
