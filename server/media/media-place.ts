import path from "node:path";
import type { Env } from "../env.ts";

/** Where the bytes of a kept file lie. */
export function mediaPlace(
  { home }: Pick<Env, "home">,
  { workspaceId, id }: { workspaceId: string; id: string },
): { folder: string; file: string } {
  const folder = path.join(home, "media", workspaceId);
  return { folder, file: path.join(folder, id) };
}
