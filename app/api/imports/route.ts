import { receiveFile } from "#server/imports/receive-file.ts";
import { answerUpload } from "#server/web/answer-upload.ts";

/** A file of contacts, as it is: POST /api/imports?name=november.csv. */
export const POST = (request: Request): Promise<Response> =>
  answerUpload(request, (actor, { fileName, body }) => receiveFile(actor, { fileName, body }));
