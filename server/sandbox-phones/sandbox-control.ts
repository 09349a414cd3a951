import { z } from "zod";
import type { Env } from "../env.ts";
import { DomainError } from "../errors.ts";

const Rendered = z.object({
  header: z
    .object({
      kind: z.string(),
      text: z.string().optional(),
      url: z.string().optional(),
      fileName: z.string().optional(),
    })
    .nullable(),
  footer: z.string().nullable(),
  buttons: z.array(
    z.object({
      kind: z.string(),
      text: z.string(),
      url: z.string().optional(),
      payload: z.string().optional(),
      id: z.string().optional(),
    }),
  ),
});

const LedgerRow = z.object({
  wamid: z.string(),
  direction: z.enum(["outbound", "inbound"]),
  to: z.string().nullish(),
  from: z.string().nullish(),
  type: z.string(),
  body: z.string().nullish(),
  rendered: Rendered.nullish(),
  status: z.string(),
  at: z.union([z.number(), z.string()]),
});
export type LedgerRow = z.output<typeof LedgerRow>;

const LedgerPage = z.object({ data: z.array(LedgerRow) });

const User = z.object({
  wa_id: z.string(),
  behaviour: z.object({ phone: z.enum(["on", "off"]), readReceipts: z.boolean(), fault: z.number().nullable() }),
});
export type SandboxUser = z.output<typeof User>;

const requestTimeoutMs = 5_000;

/** Calls the sandbox's control plane: what the phones page does in the customers' place. Throws "unavailable" when it does not run. */
export async function callSandbox(
  env: Env,
  method: "GET" | "POST",
  path: string,
  body?: Record<string, unknown>,
): Promise<unknown> {
  if (!env.isDemo) throw new DomainError("not-found", "The sandbox is part of demo workspaces only.");
  let answer: Response;
  try {
    answer = await fetch(`http://127.0.0.1:${env.sandboxPort}/__sandbox${path}`, {
      method,
      headers: { "content-type": "application/json" },
      body: body ? JSON.stringify(body) : undefined,
      signal: AbortSignal.timeout(requestTimeoutMs),
    });
  } catch (cause) {
    throw new DomainError(
      "unavailable",
      "The WhatsApp sandbox does not answer. It restarts by itself; try again in a moment.",
      { cause: String(cause) },
    );
  }
  const parsed: unknown = await answer.json().catch(() => null);
  if (!answer.ok) throw new DomainError("refused", `The sandbox refused this (${answer.status}).`, { answer: parsed });
  return parsed;
}

/** The newest hundred messages to and from one phone (digits without +), oldest first. */
export async function readLedger(env: Env, waId: string): Promise<LedgerRow[]> {
  return LedgerPage.parse(await callSandbox(env, "GET", `/messages?with=${waId}&last=100`)).data;
}

/** How the sandbox's people behave; a person it has not met yet is missing. */
export async function readUsers(env: Env): Promise<SandboxUser[]> {
  return z.object({ data: z.array(User) }).parse(await callSandbox(env, "GET", "/users")).data;
}
