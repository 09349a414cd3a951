import { Agent, interceptors, request } from "undici";
import { acceptsMedia, maxBytesOf } from "../graph/media-types.ts";
import type { Message } from "../record.ts";
import type { RenderedHeader } from "../rendered.ts";
import type { Sandbox } from "../sandbox.ts";
import { headersOf } from "./media-failure.ts";

const timeoutMs = 10_000;
/** Meta keeps what an address led to for ten minutes, by the exact address (section 3). */
const keptMs = 10 * 60_000;
const remembered = 500;

const agent = new Agent({ headersTimeout: timeoutMs, bodyTimeout: timeoutMs, connect: { timeout: timeoutMs } });
const follower = agent.compose(interceptors.redirect({ maxRedirections: 3 }));

type Kept = { at: number; isFitting: Promise<boolean> };
const keptBySandbox = new WeakMap<Sandbox, Map<string, Kept>>();

/** Fetches the media a message names by link; true when one of them does not lead to bytes its kind can show. */
export async function brokenLink(sandbox: Sandbox, message: Message): Promise<boolean> {
  const linked = headersOf(message).filter((header) => header.url !== undefined && header.kind !== "text");
  const outcomes = await Promise.all(linked.map((header) => leadsToMedia(sandbox, header)));
  return outcomes.includes(false);
}

function leadsToMedia(sandbox: Sandbox, { kind, url = "" }: RenderedHeader): Promise<boolean> {
  const kept = keptBySandbox.get(sandbox) ?? new Map<string, Kept>();
  keptBySandbox.set(sandbox, kept);
  const key = `${kind} ${url}`;
  const known = kept.get(key);
  const now = sandbox.clock.now();
  if (known && now - known.at < keptMs) return known.isFitting;
  const isFitting = fetchMedia(kind, url);
  kept.delete(key);
  kept.set(key, { at: now, isFitting });
  if (kept.size > remembered) kept.delete(kept.keys().next().value ?? "");
  return isFitting;
}

async function fetchMedia(kind: string, url: string): Promise<boolean> {
  try {
    const { statusCode, headers, body } = await request(url, { dispatcher: follower });
    const type = String(headers["content-type"] ?? "");
    let bytes = 0;
    for await (const chunk of body) {
      bytes += (chunk as Buffer).length;
      // Leaving the loop closes the connection: no more is read than may be shown.
      if (bytes > maxBytesOf(kind)) return false;
    }
    return statusCode === 200 && acceptsMedia(kind, type, bytes);
  } catch {
    return false;
  }
}
