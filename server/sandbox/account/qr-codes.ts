import { z } from "zod";
import type { JsonObject } from "#flow/json.ts";
import { fieldsOf, page } from "../graph/listing.ts";
import { unknownObject } from "../graph-error.ts";
import type { Sandbox } from "../sandbox.ts";
import { nextQrCode } from "./account-id.ts";
import type { QrCode } from "./account-record.ts";
import { parse } from "./read-parameters.ts";

const Request = z.looseObject({
  code: z.string().optional(),
  prefilled_message: z.string().min(1).max(140),
  // Clients in use write it in small letters, and Graph is known to take values of its lists in either case.
  generate_qr_image: z
    .string()
    .toUpperCase()
    .pipe(z.enum(["PNG", "SVG"]))
    .optional(),
});

/** GET /P/message_qrdls and /P/message_qrdls/CODE; the picture's address only when `qr_image_url` is asked for. */
export function getQrCodes(sandbox: Sandbox, url: URL, code: string): object {
  const asked = fieldsOf(url)?.find((field) => field.startsWith("qr_image_url"));
  const format = asked ? (/format\((PNG|SVG)\)/i.exec(asked)?.[1]?.toUpperCase() ?? "SVG") : null;
  const codes = [...sandbox.world.account.qrCodes.values()];
  const found = code === "" ? codes : codes.filter((each) => each.code === code);
  if (code !== "" && found.length === 0) throw unknownObject(code);
  return page(
    found.map((each) => shown(each, format)),
    url,
  );
}

/** POST /P/message_qrdls: makes one, or with `code` changes its message; also POST /P/message_qrdls/CODE. */
export async function setQrCode(sandbox: Sandbox, parameters: JsonObject, path: string): Promise<object> {
  const { code = path, prefilled_message: message, generate_qr_image: format } = parse(Request, parameters);
  const before = sandbox.world.account.qrCodes.get(code);
  if (code !== "" && !before) throw unknownObject(code);
  const qrCode: QrCode = {
    code: before?.code ?? nextQrCode(sandbox),
    message,
    imageFormat: format ?? before?.imageFormat ?? null,
    at: before?.at ?? sandbox.clock.now(),
  };
  await sandbox.commit({ k: "qr-code", qrCode });
  return shown(qrCode, format ?? null);
}

/** DELETE /P/message_qrdls/CODE */
export async function removeQrCode(sandbox: Sandbox, code: string): Promise<object> {
  if (!sandbox.world.account.qrCodes.has(code)) throw unknownObject(code);
  await sandbox.commit({ k: "qr-code-gone", code });
  return { success: true };
}

const shown = ({ code, message }: QrCode, format: string | null): JsonObject => ({
  code,
  prefilled_message: message,
  deep_link_url: `https://wa.me/message/${code}`,
  ...(format === null ? {} : { qr_image_url: `https://scontent.whatsapp.net/m1/v/t6/${code}.${format.toLowerCase()}` }),
});
