import { z } from "zod";
import type { Connection } from "../channel.ts";
import { callGraph, type GraphAnswer } from "./graph.ts";

const Session = z.looseObject({ id: z.string().startsWith("upload:") });
const Handle = z.looseObject({ h: z.string().min(1) });

/** The smallest page a PDF reader opens: Meta's reviewers only want to see that the header is a document. */
const samplePdf = Buffer.from(
  "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n",
);

type Failed = { code: number; detail: string };

/** Meta's resumable upload (two calls: a session, then the bytes); the handle is what a template's sample refers to. */
export async function uploadSample(connection: Connection, signal: AbortSignal): Promise<{ handle: string } | Failed> {
  const query = new URLSearchParams({
    file_name: "sample.pdf",
    file_length: String(samplePdf.length),
    file_type: "application/pdf",
  });
  const opened = await callGraph(connection, { path: `app/uploads?${query}`, signal });
  const session = opened.kind === "ok" ? Session.safeParse(opened.body) : null;
  if (!session?.success) return failed(opened);
  const headers = {
    authorization: `OAuth ${connection.token}`,
    file_offset: "0",
    "content-type": "application/octet-stream",
  };
  const stored = await callGraph(connection, { path: session.data.id, body: samplePdf, headers, signal });
  const handle = stored.kind === "ok" ? Handle.safeParse(stored.body) : null;
  return handle?.success ? { handle: handle.data.h } : failed(stored);
}

function failed(answer: GraphAnswer): Failed {
  if (answer.kind === "refused" && answer.refusal) return { code: answer.refusal.code, detail: answer.refusal.detail };
  return { code: -1, detail: "The sample document could not be uploaded" };
}
