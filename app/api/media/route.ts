import { mediaKinds } from "#flow/media-limits.ts";
import { DomainError } from "#server/errors.ts";
import { receiveMedia } from "#server/media/receive-media.ts";
import { answerUpload } from "#server/web/answer-upload.ts";

/** A file that messages show, as it is: POST /api/media?kind=image&name=card.png. */
export const POST = (request: Request): Promise<Response> =>
  answerUpload(request, (actor, { fileName, body, asked }) => {
    const kind = mediaKinds.find((one) => one === asked.get("kind"));
    if (!kind) throw new DomainError("bad-input", `Say which kind of file it is: ${mediaKinds.join(", ")}.`);
    return receiveMedia(actor, { kind, fileName, body });
  });
