import { z } from "zod";
import type { Connection } from "../channel.ts";
import { callGraph, type GraphAnswer } from "./graph.ts";

const Session = z.looseObject({ id: z.string().startsWith("upload:") });
const Handle = z.looseObject({ h: z.string().min(1) });

/** The smallest page a PDF reader opens. */
const pdf = Buffer.from(
  "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n",
);
/** One pixel. */
const png = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);
/** An MP4 without a picture in it: its kind, and nothing to play (ISO/IEC 14496-12: ftyp and an empty mdat). */
const mp4 = Buffer.from("AAAAGGZ0eXBtcDQyAAAAAG1wNDJpc29tAAAACG1kYXQ=", "base64");

/** Stand-ins: Meta's review looks at what kind of header it is, and a sample of a bank's own papers is nobody's business. */
const standIns = {
  document: { bytes: pdf, name: "sample.pdf", mime: "application/pdf" },
  image: { bytes: png, name: "sample.png", mime: "image/png" },
  video: { bytes: mp4, name: "sample.mp4", mime: "video/mp4" },
};

type Failed = { code: number; detail: string };

/** Meta's resumable upload (two calls: a session, then the bytes); the handle is what a template's sample refers to. */
export async function uploadSample(
  connection: Connection,
  kind: keyof typeof standIns,
  signal: AbortSignal,
): Promise<{ handle: string } | Failed> {
  const { bytes, name, mime } = standIns[kind];
  const query = new URLSearchParams({ file_name: name, file_length: String(bytes.length), file_type: mime });
  const opened = await callGraph(connection, { path: `app/uploads?${query}`, signal });
  const session = opened.kind === "ok" ? Session.safeParse(opened.body) : null;
  if (!session?.success) return failed(opened);
  const headers = {
    authorization: `OAuth ${connection.token}`,
    file_offset: "0",
    "content-type": "application/octet-stream",
  };
  const stored = await callGraph(connection, { path: session.data.id, body: bytes, headers, signal });
  const handle = stored.kind === "ok" ? Handle.safeParse(stored.body) : null;
  return handle?.success ? { handle: handle.data.h } : failed(stored);
}

function failed(answer: GraphAnswer): Failed {
  if (answer.kind === "refused" && answer.refusal) return { code: answer.refusal.code, detail: answer.refusal.detail };
  return { code: -1, detail: "The sample of the header could not be uploaded" };
}
