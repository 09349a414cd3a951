import { z } from "zod";
import { FlowCase } from "#flow/flow-case.ts";
import { Graph } from "#flow/graph.ts";

const Stored = z.object({
  id: z.uuid(),
  name: z.string(),
  status: z.string(),
  revision: z.number(),
  graph: Graph,
  cases: z.array(FlowCase),
});
/** A flow as the workspace has it. */
export type StoredFlow = z.infer<typeof Stored>;

const Page = z.object({
  data: z.array(z.object({ id: z.uuid(), status: z.string() })),
  paging: z.object({ cursors: z.object({ after: z.string().nullable() }) }),
});
const Written = z.object({
  id: z.uuid(),
  revision: z.number().optional(),
  problems: z.array(z.object({ rule: z.string() })),
});
const Refused = z.object({
  error: z.object({ code: z.string(), message: z.string(), detail: z.record(z.string(), z.unknown()).optional() }),
});

/** A call that was refused; `code` is that of docs/rest-api.md. */
export class FlowsApiError extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** The calls of the public REST API that a folder of flows needs. */
export class FlowsApi {
  readonly #url: string;
  readonly #key: string;

  constructor(url: string, key: string) {
    this.#url = url.replace(/\/$/, "");
    this.#key = key;
  }

  /** All flows that are not archived, each as it is now. */
  async list(): Promise<StoredFlow[]> {
    const flows: StoredFlow[] = [];
    for (let after: string | null = ""; after !== null; ) {
      const page: z.infer<typeof Page> = Page.parse(
        await this.#call("GET", `/v1/flows?limit=200${after === "" ? "" : `&after=${encodeURIComponent(after)}`}`),
      );
      for (const { id, status } of page.data) if (status !== "archived") flows.push(await this.get(id));
      after = page.paging.cursors.after;
    }
    return flows;
  }

  async get(id: string): Promise<StoredFlow> {
    return Stored.parse(await this.#call("GET", `/v1/flows/${id}`));
  }

  async create(flow: { name: string; graph: Graph; cases?: readonly FlowCase[] }) {
    const made = Written.parse(await this.#call("POST", "/v1/flows", flow));
    return { ...made, revision: (await this.get(made.id)).revision };
  }

  /** `cases` left out: they stay as they are. */
  async change(id: string, body: { revision: number; name: string; graph: Graph; cases?: readonly FlowCase[] }) {
    const written = Written.parse(await this.#call("PUT", `/v1/flows/${id}`, body));
    return { ...written, revision: written.revision ?? body.revision };
  }

  async publish(id: string, revision: number): Promise<number> {
    const answer = await this.#call("POST", `/v1/flows/${id}/publish?revision=${revision}`);
    return z.object({ version: z.number() }).parse(answer).version;
  }

  async #call(method: string, path: string, body?: unknown): Promise<unknown> {
    const response = await fetch(`${this.#url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${this.#key}`,
        ...(body !== undefined && { "content-type": "application/json" }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const answer: unknown = await response.json().catch(() => null);
    if (response.ok) return answer;
    const refused = Refused.safeParse(answer);
    if (!refused.success) throw new FlowsApiError("unavailable", `${this.#url} answered ${response.status}.`);
    const { code, message, detail } = refused.data.error;
    const problems = z.array(z.object({ rule: z.string() })).safeParse(detail?.problems);
    const named = problems.success ? ` (${problems.data.map(({ rule }) => rule).join(", ")})` : "";
    throw new FlowsApiError(code, `${message}${named}`);
  }
}
