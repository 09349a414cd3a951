import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import { trustedOrigins } from "#server/auth/create-auth.ts";
import { createRequestContext } from "#server/auth/request-context.ts";
import { webHost } from "#server/auth/web-host.ts";
import { appRouter } from "#server/router.ts";

const endpoint = "/api/trpc";
const batchLimit = 10;
const bodyLimit = 2_000_000;

/**
 * The screens' door. A POST must come from our own pages: its Origin is ours and its type is JSON, which no form of another
 * site can send. That, with SameSite cookies, is the protection against requests forged elsewhere.
 */
async function answer(request: Request): Promise<Response> {
  const refusal = refuse(request);
  if (refusal) return refusal;
  return fetchRequestHandler({
    endpoint,
    req: request,
    router: appRouter,
    allowMethodOverride: true,
    createContext: () => createRequestContext(request.headers),
    onError: ({ error, path }) => {
      // Refusals are answers; only what nobody expected is worth a line.
      if (error.code === "INTERNAL_SERVER_ERROR")
        webHost().log.error({ path, ...traceOf(error) }, "A procedure failed");
    },
  });
}

/** The innermost cause: the outer error of a query repeats its parameters, which may be names and phone numbers. */
function traceOf(error: Error): { error: string; stack: string | undefined } {
  let root = error;
  while (root.cause instanceof Error) root = root.cause;
  return { error: root.message, stack: root.stack };
}

function refuse(request: Request): Response | null {
  const url = new URL(request.url);
  const names = url.pathname.slice(endpoint.length + 1).split(",");
  if (names.length > batchLimit) return problem(400, `At most ${batchLimit} calls go into one batch.`);
  if (request.method !== "POST") return null;
  const origin = request.headers.get("origin");
  if (!origin || !trustedOrigins(webHost().env).includes(origin))
    return problem(403, "This request does not come from a page of ours.");
  if (!/^application\/json\b/i.test(request.headers.get("content-type") ?? ""))
    return problem(415, "Send application/json.");
  if (Number(request.headers.get("content-length") ?? 0) > bodyLimit)
    return problem(413, "A request holds at most 2 MB.");
  return null;
}

const problem = (status: number, message: string) => Response.json({ error: { message } }, { status });

export { answer as GET, answer as POST };
