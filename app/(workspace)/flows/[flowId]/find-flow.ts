import { serverCaller } from "../../../viewer.ts";

/** The flow, or null for an id that is none of this workspace's. */
export async function findFlow(flowId: string) {
  const caller = await serverCaller();
  return caller.flows.get({ flowId }).catch((error: unknown) => {
    if (error instanceof Error && "code" in error && (error.code === "NOT_FOUND" || error.code === "BAD_REQUEST"))
      return null;
    throw error;
  });
}
