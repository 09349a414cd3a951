import { createHash, createHmac } from "node:crypto";
import { GraphError } from "../graph-error.ts";
import type { Sandbox } from "../sandbox.ts";
import type { Call } from "../server.ts";

/** POST /APP/uploads: the session's id carries the promised length under a signature, so nothing needs to be remembered. */
export function openUpload(sandbox: Sandbox, call: Call): object {
  const length = Number(call.url.searchParams.get("file_length"));
  const type = call.url.searchParams.get("file_type") ?? "";
  if (!Number.isInteger(length) || length < 1) throw new GraphError(100, "The parameter file_length is required.");
  if (!/^[a-z]+\/[a-z0-9.+-]+$/.test(type)) throw new GraphError(100, "The parameter file_type is required.");
  const promise = Buffer.from(`${length}:${type}`).toString("base64url");
  return { id: `upload:${promise}.${signatureOf(sandbox, promise)}` };
}

/** POST /upload:...: the raw bytes; answers the handle a template's sample refers to. */
export function finishUpload(sandbox: Sandbox, call: Call, id: string): object {
  const [promise = "", signature] = id.slice("upload:".length).split(".");
  const [length, type = ""] = Buffer.from(promise, "base64url").toString().split(":");
  if (signature !== signatureOf(sandbox, promise))
    throw new GraphError(100, "This upload session does not exist.", { subcode: 33 });
  if (call.body.length !== Number(length))
    throw new GraphError(100, `The file has ${call.body.length} bytes instead of ${length}.`);
  const hash = createHash("sha256").update(call.body).digest("base64");
  return { h: `4::${Buffer.from(type).toString("base64")}:${hash}:e:${Math.floor(sandbox.clock.now() / 1000)}` };
}

const signatureOf = (sandbox: Sandbox, promise: string): string =>
  createHmac("sha256", sandbox.identity.appSecret).update(promise).digest("hex").slice(0, 24);
