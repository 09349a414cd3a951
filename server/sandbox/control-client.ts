import { z } from "zod";

const Row = z.looseObject({
  wamid: z.string(),
  direction: z.enum(["outbound", "inbound"]),
  to: z.string(),
  from: z.string(),
  type: z.string(),
  template: z.string().optional(),
  body: z.string().optional(),
  biz_opaque_callback_data: z.string().optional(),
  status: z.string(),
  at: z.string(),
  error_code: z.number().optional(),
});
export type SandboxRow = z.infer<typeof Row>;

const Page = z.object({
  data: z.array(Row),
  paging: z.looseObject({ cursors: z.object({ after: z.string() }).optional() }),
});

/** The control plane of a running sandbox, for tests and benchmarks. Every call throws when the sandbox refuses. */
export function sandboxControl(url: string) {
  const call = async (method: "GET" | "POST", path: string, body?: object): Promise<unknown> => {
    const response = await fetch(`${url}/__sandbox/${path}`, {
      method,
      headers: { "content-type": "application/json" },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const answer: unknown = await response.json();
    if (!response.ok)
      throw new Error(`${method} /__sandbox/${path} answered ${response.status}: ${JSON.stringify(answer)}`);
    return answer;
  };
  return {
    call,
    reset: (everything = false) => call("POST", "reset", { everything }),
    advance: (ms: number) => call("POST", "clock", { advance_ms: ms }),
    setUser: (user: object) => call("POST", "users", user),
    say: (from: string, text: string) => call("POST", "inbound", { from, type: "text", text: { body: text } }),
    tap: (wamid: string, buttonIndex: number) => call("POST", "tap", { wamid, button_index: buttonIndex }),
    plantFault: (fault: object) => call("POST", "faults", fault),
    /** No planted fault hits any more. */
    clearFaults: () => call("POST", "calm", {}),
    plantedFaults: async (): Promise<number> =>
      z.object({ planted: z.array(z.unknown()) }).parse(await call("GET", "faults")).planted.length,
    subscribe: (hook: string) => call("POST", "webhook", { url: hook }),
    /** Rows of the ledger, oldest first, at most 10,000. */
    messages: async (query: Record<string, string> = {}): Promise<SandboxRow[]> =>
      Page.parse(await call("GET", `messages?${new URLSearchParams({ limit: "10000", ...query })}`)).data,
  };
}
