import type { Channel } from "../channel.ts";
import { defineTemplate, fileIn } from "../define-template.ts";
import { callGraph } from "./graph.ts";
import { Created, ownBody } from "./template-calls.ts";
import { templateStatusOf } from "./template-status.ts";
import { uploadSample } from "./upload-sample.ts";

const submitTimeoutMs = 30_000;

/** POST /message_templates with a sample for each variable. A header with a file brings Meta's handle of a stand-in for it along. */
export const submitTemplate: Channel["submitTemplate"] = async (connection, template) => {
  const signal = AbortSignal.timeout(submitTimeoutMs);
  const file = fileIn(template.content.header);
  let headerHandle: string | null = null;
  if (file) {
    const upload = await uploadSample(connection, file, signal);
    // Nothing was created yet, so a failed upload is a refusal and never "unknown".
    if ("detail" in upload) return { outcome: "refused", ...upload };
    headerHandle = upload.handle;
  }
  const body = ownBody(defineTemplate({ ...template, headerHandle }));
  const answer = await callGraph(connection, { path: `${connection.accountId}/message_templates`, body, signal });
  if (answer.kind === "refused")
    return {
      outcome: "refused",
      code: answer.refusal?.code ?? -1,
      detail: answer.refusal?.detail ?? `HTTP ${answer.httpStatus}`,
    };
  if (answer.kind === "not-sent") return { outcome: "refused", code: -1, detail: answer.detail };
  if (answer.kind === "unclear") return { outcome: "unknown", detail: answer.detail };
  const created = Created.safeParse(answer.body);
  if (!created.success) return { outcome: "unknown", detail: "HTTP 200 without a template id" };
  return {
    outcome: "accepted",
    providerId: created.data.id,
    status: templateStatusOf(created.data.status) ?? "submitted",
  };
};
