import { fileTypeFromBuffer } from "file-type";

export const maxFileBytes = 10 * 1024 * 1024;

/** What a customer may give us, by the bytes: names and labels of a request prove nothing. */
const allowed: Record<string, { mime: string; extension: string }> = {
  "application/pdf": { mime: "application/pdf", extension: "pdf" },
  "image/jpeg": { mime: "image/jpeg", extension: "jpg" },
  "image/png": { mime: "image/png", extension: "png" },
  "image/heic": { mime: "image/heic", extension: "heic" },
  "image/heif": { mime: "image/heic", extension: "heic" },
};

export const documentTypes = ["identity", "address", "income", "other"] as const;
type DocumentType = (typeof documentTypes)[number];

export type GivenFile = { bytes: Buffer; fileName: string; mime: string; documentType: DocumentType | null };
export type FileProblem = "empty" | "too-large" | "wrong-type" | "not-a-form";

/** The file of an upload request (a form's, or the body itself), checked by size and magic bytes. */
export async function readFile(body: Buffer, contentType: string): Promise<GivenFile | FileProblem> {
  const given = contentType.startsWith("multipart/form-data")
    ? await fromForm(body, contentType)
    : fromRaw(body, contentType);
  if (typeof given === "string") return given;
  if (given.bytes.length === 0) return "empty";
  if (given.bytes.length > maxFileBytes) return "too-large";
  const type = await fileTypeFromBuffer(given.bytes);
  const known = type && allowed[type.mime];
  return known ? { ...given, mime: known.mime, fileName: safeName(given.fileName, known.extension) } : "wrong-type";
}

type RawFile = { bytes: Buffer; fileName: string; documentType: DocumentType | null };

async function fromForm(body: Buffer, contentType: string): Promise<RawFile | FileProblem> {
  try {
    const form = await new Response(new Uint8Array(body), { headers: { "content-type": contentType } }).formData();
    const file = form.get("file");
    if (!(file instanceof File)) return "empty";
    const named = form.get("documentType");
    const documentType = documentTypes.find((type) => type === named) ?? null;
    return { bytes: Buffer.from(await file.arrayBuffer()), fileName: file.name, documentType };
  } catch {
    return "not-a-form";
  }
}

function fromRaw(body: Buffer, contentType: string): RawFile | FileProblem {
  return /^(application\/(pdf|octet-stream)|image\/)/.test(contentType)
    ? { bytes: body, fileName: "", documentType: null }
    : "not-a-form";
}

/** A name to show to agents: no path, no control or direction characters, the extension of what it really is. */
function safeName(name: string, extension: string): string {
  const base = (name.split(/[/\\]/).pop() ?? "").replace(/[\p{C}<>:"|?*]/gu, "").replace(/\.[^.]*$/, "");
  return `${base.trim().slice(0, 100).toWellFormed() || "document"}.${extension}`;
}
