import { z } from "zod";
import type { Env } from "../env.ts";
import { DomainError } from "../errors.ts";

const Node = z.record(z.string(), z.unknown());

const ChatRow = z.object({
  wamid: z.string(),
  direction: z.enum(["outbound", "inbound"]),
  type: z.string(),
  status: z.string(),
  at: z.string(),
  body: z.string().nullable(),
  /** What a phone shows of it (the sandbox's `Rendered`). */
  rendered: Node.nullable(),
  content: Node.nullable(),
  template: z.object({ id: z.string(), name: z.string(), language: z.string(), category: z.string() }).nullable(),
  context_wamid: z.string().nullable(),
  error_code: z.number().nullable(),
  media: z.array(
    z.object({ id: z.string(), mime_type: z.string(), file_name: z.string().nullable(), bytes: z.number() }),
  ),
});
export type ChatRow = z.output<typeof ChatRow>;

const Chat = z.object({
  user: z.object({
    wa_id: z.string(),
    behaviour: z.object({ phone: z.enum(["on", "off"]), readReceipts: z.boolean(), fault: z.number().nullable() }),
    has_blocked: z.boolean(),
    has_stopped_marketing: z.boolean(),
    in_window: z.boolean(),
    is_typed_to: z.boolean().default(false),
  }),
  data: z.array(ChatRow),
  planted: z.array(z.object({ mode: z.string(), code: z.number() })),
});
export type SandboxChat = z.output<typeof Chat>;

const TrafficPage = z.object({
  data: z.array(
    z.object({
      n: z.number(),
      at: z.string(),
      kind: z.enum(["call", "webhook"]),
      wa_id: z.string().nullable(),
      wamid: z.string().nullable(),
      title: z.string(),
      http_status: z.number().optional(),
      request: z.unknown(),
      answer: z.unknown().optional(),
    }),
  ),
});
export type TrafficRow = z.output<typeof TrafficPage>["data"][number];

const requestTimeoutMs = 5_000;

/** Calls the sandbox's control plane: what the phones page does in the customers' place. Throws "unavailable" when it does not run. */
export async function callSandbox(
  env: Env,
  method: "GET" | "POST",
  path: string,
  body?: Record<string, unknown>,
): Promise<unknown> {
  const answer = await fetchSandbox(env, path, {
    method,
    headers: { "content-type": "application/json" },
    body: body ? JSON.stringify(body) : undefined,
  });
  const parsed: unknown = await answer.json().catch(() => null);
  if (!answer.ok) throw new DomainError("refused", refusalOf(parsed, answer.status), { answer: parsed });
  return parsed;
}

const Refusal = z.object({ error: z.object({ message: z.string() }) });
const refusalOf = (answer: unknown, status: number): string =>
  `The sandbox refused this: ${Refusal.safeParse(answer).data?.error.message ?? status}`;

async function fetchSandbox(env: Env, path: string, init: RequestInit): Promise<Response> {
  if (!env.isDemo) throw new DomainError("not-found", "The sandbox is part of demo workspaces only.");
  try {
    return await fetch(`http://127.0.0.1:${env.sandboxPort}/__sandbox${path}`, {
      ...init,
      signal: AbortSignal.timeout(requestTimeoutMs),
    });
  } catch (cause) {
    throw new DomainError(
      "unavailable",
      "The WhatsApp sandbox does not answer. It restarts by itself; try again in a moment.",
      { cause: String(cause) },
    );
  }
}

/** A file of a chat, as the sandbox keeps it. Throws "not-found". */
export async function readFile(env: Env, id: string): Promise<{ base64: string; mimeType: string }> {
  const answer = await fetchSandbox(env, `/media/${id}`, { method: "GET" });
  if (!answer.ok) throw new DomainError("not-found", "This file is not in the sandbox any more.");
  const base64 = Buffer.from(await answer.arrayBuffer()).toString("base64");
  return { base64, mimeType: answer.headers.get("content-type") ?? "" };
}

/** The newest hundred messages to and from one phone (digits without +), oldest first, and how the phone is set. */
export async function readChat(env: Env, waId: string): Promise<SandboxChat> {
  return Chat.parse(await callSandbox(env, "GET", `/chat?with=${waId}&last=100`));
}

const Form = z.object({ json: z.unknown(), screen: z.string().nullable(), data: Node });

/** The form a message opens, with where it begins. */
export async function readForm(env: Env, wamid: string): Promise<z.output<typeof Form>> {
  return Form.parse(await callSandbox(env, "GET", `/form?${new URLSearchParams({ wamid })}`));
}

/** What the API got and what our webhook was told about one person, oldest first. */
export async function readTraffic(env: Env, waId: string): Promise<TrafficRow[]> {
  return TrafficPage.parse(await callSandbox(env, "GET", `/traffic?with=${waId}&last=100`)).data;
}
