import type { ReadableStream } from "node:stream/web";
import { trustedOrigins } from "#server/auth/create-auth.ts";
import { createRequestContext } from "#server/auth/request-context.ts";
import { webHost } from "#server/auth/web-host.ts";
import { DomainError, httpStatusOf, isDatabaseAway } from "#server/errors.ts";
import type { Actor } from "#server/trpc.ts";

export type UploadedFile = { fileName: string; body: ReadableStream<Uint8Array>; asked: URLSearchParams };

/**
 * Takes a file as it is, as the body of a POST with its `name` in the query, and answers what `keep` makes of it as JSON. It must come
 * from our own pages, as every other act does.
 */
export async function answerUpload(
  request: Request,
  keep: (actor: Actor, file: UploadedFile) => Promise<object>,
): Promise<Response> {
  const origin = request.headers.get("origin");
  if (!origin || !trustedOrigins(webHost().env).includes(origin))
    return problem(403, "This request does not come from a page of ours.");
  const context = await createRequestContext(request.headers);
  if (!context.session) return problem(401, "Sign in first.");
  if (!request.body) return problem(400, "Send a file.");
  const asked = new URL(request.url).searchParams;
  const body = request.body as ReadableStream<Uint8Array>;
  try {
    const actor = { ...context, session: context.session };
    return Response.json(await keep(actor, { fileName: asked.get("name") ?? "", body, asked }));
  } catch (error) {
    if (error instanceof DomainError) return problem(httpStatusOf[error.code], error.message);
    webHost().log.error({ error: String(error) }, "A file could not be kept");
    return isDatabaseAway(error)
      ? problem(503, "The database is away. Try again in a moment.")
      : problem(500, "The file could not be kept. Try again.");
  }
}

const problem = (status: number, message: string) => Response.json({ error: { message } }, { status });
