import { cache } from "react";
import { serverCaller } from "../../../viewer.ts";

/** The flow, or null for an id that is none of this workspace's. A page and its title ask once. */
export const findFlow = cache(async (flowId: string) => {
  const caller = await serverCaller();
  return caller.flows.get({ flowId }).catch((error: unknown) => {
    if (error instanceof Error && "code" in error && (error.code === "NOT_FOUND" || error.code === "BAD_REQUEST"))
      return null;
    throw error;
  });
});
