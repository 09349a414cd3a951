import { trustedOrigins } from "#server/auth/create-auth.ts";
import { webHost } from "#server/auth/web-host.ts";
import { serverCaller } from "../../viewer.ts";
import { refuseFailure } from "./refuse-failure.ts";

export const dynamic = "force-dynamic";

const largestBytes = 12_000_000;

/**
 * A file that a sandbox phone sends: its bytes as the body, everything else in the query. Beside the screens' door, because that
 * one takes no bodies of this size. The Origin must be ours, as there.
 */
export async function POST(request: Request): Promise<Response> {
  const origin = request.headers.get("origin");
  if (!origin || !trustedOrigins(webHost().env).includes(origin)) return refusal(403, "This is no page of ours.");
  // Said beforehand, so that nobody can make this process hold more: a body ends where its length says.
  const length = request.headers.get("content-length");
  if (length === null) return refusal(411, "Say how long the file is: Content-Length is missing.");
  if (Number(length) > largestBytes) return refusal(413, "A file has at most 12 MB here.");
  const bytes = Buffer.from(await request.arrayBuffer());
  const query = new URL(request.url).searchParams;
  const type = types.find((known) => known === query.get("type"));
  if (!type) return refusal(400, "The type must be image, video, audio, document or sticker.");
  const caller = await serverCaller();
  try {
    const content = {
      kind: "file" as const,
      type,
      mimeType: (request.headers.get("content-type") ?? "").split(";")[0] ?? "",
      fileName: query.get("name") ?? "",
      base64: bytes.toString("base64"),
      ...(query.get("caption") ? { caption: query.get("caption") ?? "" } : {}),
    };
    const replyTo = query.get("replyTo");
    const contactId = query.get("contactId") ?? "";
    return Response.json(await caller.sandboxPhones.write({ contactId, content, ...(replyTo ? { replyTo } : {}) }));
  } catch (error) {
    return refuseFailure(error);
  }
}

const types = ["image", "video", "audio", "document", "sticker"] as const;
const refusal = (status: number, message: string) => Response.json({ error: { message } }, { status });
