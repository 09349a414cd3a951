import { z } from "zod";
import type { CallResult } from "../call-result.ts";
import type { Connection, RefusalClass } from "../channel.ts";
import { classOf, classOfStranger } from "./errors.ts";
import { callGraph, type GraphAnswer, type GraphCall } from "./graph.ts";

/** A call of the Graph API whose answer has to fit; one that does not leaves open what was done. */
export async function call<Answer, Value>(
  connection: Connection,
  request: GraphCall,
  { schema, read }: { schema: z.ZodType<Answer>; read: (answer: Answer) => Value },
): Promise<CallResult<Value>> {
  const answer = await callGraph(connection, request);
  if (answer.kind !== "ok") return failureOf(answer);
  const parsed = schema.safeParse(answer.body);
  if (parsed.success) return { outcome: "done", value: read(parsed.data) };
  return { outcome: "unknown", detail: `HTTP 200 without what was asked for: ${request.path.split("?")[0]}` };
}

/** For writes that answer with nothing but their success. */
export const success = { schema: z.looseObject({ success: z.literal(true) }), read: () => null };

/** Why nothing was done, or why nobody knows. */
export function failureOf(answer: Exclude<GraphAnswer, { kind: "ok" }>): CallResult<never> {
  switch (answer.kind) {
    case "not-sent":
      return refusal("transient", answer.detail);
    case "unclear":
      return { outcome: "unknown", detail: answer.detail };
    case "refused": {
      const { refusal: told, httpStatus, retryAfterMs } = answer;
      if (!told) return { ...refusal(classOfStranger(httpStatus), `HTTP ${httpStatus}`), retryAfterMs };
      const { code, detail } = told;
      return { outcome: "refused", class: classOf(code, httpStatus), code, detail, retryAfterMs };
    }
  }
}

/** A refusal that is ours or of somebody on the way: without a code of Meta's. */
export const refusal = (kind: RefusalClass, detail: string): CallResult<never> & { outcome: "refused" } => ({
  outcome: "refused",
  class: kind,
  code: -1,
  detail,
  retryAfterMs: null,
});

/** A list's next page: Meta sends cursors always, and `next` only when there is one. */
export const Paging = z
  .looseObject({
    next: z.string().optional(),
    cursors: z.looseObject({ after: z.string().optional() }).optional(),
  })
  .optional();

export const nextOf = (paging: z.infer<typeof Paging>): string | null =>
  paging?.next === undefined ? null : (paging.cursors?.after ?? null);
