import { serverCaller } from "../../../viewer.ts";
import { refuseFailure } from "../refuse-failure.ts";

export const dynamic = "force-dynamic";

type Context = { params: Promise<{ id: string }> };

/** A file of a sandbox phone's chat, for those who may use the sandbox. Whatever cannot be shown safely is a download. */
export async function GET(_: Request, { params }: Context): Promise<Response> {
  const caller = await serverCaller();
  try {
    const { base64, mimeType } = await caller.sandboxPhones.file(await params);
    const isShown = /^(image\/(png|jpeg|webp|gif)|audio\/|video\/|application\/pdf$)/.test(mimeType);
    return new Response(new Uint8Array(Buffer.from(base64, "base64")), {
      headers: {
        "content-type": isShown ? mimeType : "application/octet-stream",
        "content-disposition": isShown ? "inline" : "attachment",
        "content-security-policy": "sandbox; default-src 'none'",
        "cache-control": "private, max-age=3600",
      },
    });
  } catch (error) {
    return refuseFailure(error);
  }
}
