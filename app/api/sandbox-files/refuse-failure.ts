import { TRPCError } from "@trpc/server";
import { getHTTPStatusCodeFromError } from "@trpc/server/http";

/** What a verb refuses, as an answer of HTTP; everything else is a fault of ours. */
export function refuseFailure(error: unknown): Response {
  if (!(error instanceof TRPCError) || error.code === "INTERNAL_SERVER_ERROR") throw error;
  return Response.json({ error: { message: error.message } }, { status: getHTTPStatusCodeFromError(error) });
}
