import { z } from "zod";
import { type TemplateButton, type TemplateContent, variablesIn } from "#flow/template.ts";
import type { Channel } from "../channel.ts";
import { callGraph } from "./graph.ts";
import { templateStatusOf } from "./template-status.ts";
import { uploadSample } from "./upload-sample.ts";

const submitTimeoutMs = 30_000;
const Created = z.looseObject({ id: z.union([z.string().min(1), z.number()]).transform(String), status: z.string() });

/** POST /message_templates with named variables and a sample for each. A document header brings Meta's sample handle along. */
export const submitTemplate: Channel["submitTemplate"] = async (
  connection,
  { name, category, content, samples, linkBase },
) => {
  const signal = AbortSignal.timeout(submitTimeoutMs);
  let headerHandle: string | null = null;
  if (content.header?.kind === "document") {
    const upload = await uploadSample(connection, signal);
    // Nothing was created yet, so a failed upload is a refusal and never "unknown".
    if ("detail" in upload) return { outcome: "refused", ...upload };
    headerHandle = upload.handle;
  }
  const body = {
    name,
    language: content.language,
    category: category.toUpperCase(),
    parameter_format: "NAMED",
    components: componentsOf(content, { samples, linkBase, headerHandle }),
  };
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

type Facts = { samples: Record<string, string>; linkBase: string; headerHandle: string | null };

function componentsOf(content: TemplateContent, facts: Facts): object[] {
  const { header, body, footer, buttons } = content;
  const components: object[] = [];
  if (header?.kind === "text")
    components.push({
      type: "HEADER",
      format: "TEXT",
      text: header.text,
      ...example("header_text_named_params", header.text, facts.samples),
    });
  if (header?.kind === "document")
    components.push({ type: "HEADER", format: "DOCUMENT", example: { header_handle: [facts.headerHandle] } });
  components.push({ type: "BODY", text: body, ...example("body_text_named_params", body, facts.samples) });
  if (footer) components.push({ type: "FOOTER", text: footer });
  if (buttons.length > 0)
    components.push({ type: "BUTTONS", buttons: buttons.map((button) => buttonOf(button, facts.linkBase)) });
  return components;
}

function example(key: string, text: string, samples: Record<string, string>): object {
  const names = variablesIn(text);
  if (names.length === 0) return {};
  return { example: { [key]: names.map((name) => ({ param_name: name, example: samples[name] || "sample" })) } };
}

function buttonOf(button: TemplateButton, linkBase: string): object {
  switch (button.kind) {
    case "quick-reply":
      return { type: "QUICK_REPLY", text: button.text };
    case "link":
      return { type: "URL", text: button.text, url: `${linkBase}{{1}}`, example: [`${linkBase}sample`] };
    case "url":
      return { type: "URL", text: button.text, url: button.url };
    case "phone":
      return { type: "PHONE_NUMBER", text: button.text, phone_number: button.phone };
  }
}
