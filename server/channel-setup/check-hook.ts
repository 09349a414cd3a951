/** Whether our own webhook address does what the provider will ask of it. Words on screen: `channelSetup.checks.<name>`. */
export type HookCheck = {
  name: "handshake" | "signature";
  state: "ok" | "failed" | "unknown";
  found: string | null;
  detail: string | null;
};

type Probe = { body: string; headers: Record<string, string> };
const timeoutMs = 5_000;
const challenge = "1158201444";

/**
 * Calls our own public address as the provider would: the GET handshake; then a genuine call, which must be taken, and one with a
 * wrong signature, which must not. Shows that the address leads here; that it can be reached from outside only the provider's first
 * call shows.
 */
export async function checkHook(
  url: string,
  { verifyToken, probe }: { verifyToken: string; probe: Probe },
): Promise<HookCheck[]> {
  const query = new URLSearchParams({
    "hub.mode": "subscribe",
    "hub.challenge": challenge,
    "hub.verify_token": verifyToken,
  });
  const shaken = await call(`${url}?${query}`, { method: "GET" });
  const isShaken = shaken.status === 200 && shaken.text === challenge;
  const handshake: HookCheck = {
    name: "handshake",
    state: isShaken ? "ok" : "failed",
    found: null,
    detail: said(shaken),
  };
  if (!isShaken) return [handshake, { name: "signature", state: "unknown", found: null, detail: null }];
  return [{ ...handshake, detail: null }, await checkSignature(url, probe)];
}

async function checkSignature(url: string, { body, headers }: Probe): Promise<HookCheck> {
  const genuine = await call(url, { method: "POST", body, headers });
  const forged = await call(url, { method: "POST", body: `${body} `, headers });
  const found = genuine.status !== 200 ? "genuine-refused" : forged.status < 400 ? "forged-taken" : null;
  const detail = found === "genuine-refused" ? said(genuine) : null;
  return { name: "signature", state: found ? "failed" : "ok", found, detail };
}

type Answer = { status: number; text: string };

/** Status 0: no answer. The address is our own, out of the operator's settings: nothing that a person typed. */
async function call(url: string, request: RequestInit): Promise<Answer> {
  try {
    const response = await fetch(url, { ...request, redirect: "manual", signal: AbortSignal.timeout(timeoutMs) });
    return { status: response.status, text: (await response.text()).slice(0, 200) };
  } catch (error) {
    return { status: 0, text: error instanceof Error ? error.message : "no answer" };
  }
}

const said = ({ status, text }: Answer): string => (status === 0 ? text : `HTTP ${status}`);
