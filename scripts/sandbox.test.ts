import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { z } from "zod";

const home = mkdtempSync(path.join(tmpdir(), "chasqui-alone-"));
afterAll(() => rmSync(home, { recursive: true, force: true }));

const Facts = z.object({ url: z.string(), version: z.string(), phoneNumberId: z.string(), token: z.string() });

/** Starts the sandbox as a stranger would and runs `use` with what it printed. */
async function whileRunning(use: (facts: z.infer<typeof Facts>) => Promise<void>): Promise<number | null> {
  const child = spawn(
    "node",
    ["scripts/with-node24.mjs", "scripts/sandbox.ts", "--port", "0", "--home", home, "--json"],
    {
      stdio: ["ignore", "pipe", "inherit"],
    },
  );
  const ended = new Promise<number | null>((done) => child.once("exit", done));
  try {
    let line = "";
    for await (const chunk of child.stdout) {
      line += String(chunk);
      if (line.includes("\n")) break;
    }
    await use(Facts.parse(JSON.parse(line)));
  } finally {
    child.kill("SIGTERM");
  }
  return ended;
}

test("the sandbox runs alone, says how to reach it, and is itself again after a restart", async () => {
  const tokens: string[] = [];
  let wamid = "";
  const exit = await whileRunning(async ({ url, version, phoneNumberId, token }) => {
    tokens.push(token);
    const response = await fetch(`${url}/${version}/${phoneNumberId}/messages`, {
      method: "POST",
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      body: JSON.stringify({
        messaging_product: "whatsapp",
        to: "+33612345678",
        type: "template",
        template: { name: "hello_world", language: { code: "en_US" } },
      }),
    });
    expect(response.status).toBe(200);
    wamid =
      z.object({ messages: z.array(z.object({ id: z.string() })) }).parse(await response.json()).messages[0]?.id ?? "";
  });
  expect(exit).toBe(0);
  await whileRunning(async ({ url, token }) => {
    tokens.push(token);
    expect(await (await fetch(`${url}/__sandbox/messages`)).text()).toContain(wamid);
  });
  expect(new Set(tokens).size).toBe(1);
}, 60_000);
