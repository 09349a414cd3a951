import { z } from "zod";
import { type JsonObject, JsonValue } from "#flow/json.ts";
import type { ChannelCalls, LibraryEntry, ProviderTemplate } from "../channel-calls.ts";
import type { LibraryTemplate, TemplateDefinition } from "../template-definition.ts";
import { call, nextOf, Paging, success } from "./call.ts";
import { componentsOf } from "./template-components.ts";
import { templateStatusOf } from "./template-status.ts";

const text = z.string().optional().catch(undefined);
const id = z.union([z.string().min(1), z.number()]).transform(String);
const Objects = z.array(z.record(z.string(), JsonValue)).default([]);

const Listed = z.looseObject({
  id,
  name: z.string(),
  language: z.string(),
  category: z.string(),
  status: z.string(),
  rejected_reason: text,
  quality_score: z.looseObject({ score: z.string() }).optional().catch(undefined),
  components: Objects,
});

const fields = "id,name,language,category,status,rejected_reason,quality_score,components";

/** Each item by itself: one that cannot be read costs nobody else's place in the list. */
const pageOf = <Item>(schema: z.ZodType<Item>) => ({
  schema: z.looseObject({ data: z.array(z.unknown()), paging: Paging }),
  items: (data: unknown[]) => data.flatMap((item) => schema.safeParse(item).data ?? []),
});

/** GET /W/message_templates. */
export const listTemplates: ChannelCalls["listTemplates"] = ({ connection, signal }, { after, name }) => {
  const query = new URLSearchParams({
    fields,
    limit: "100",
    ...(after !== null && { after }),
    ...(name !== undefined && { name }),
  });
  const { schema, items } = pageOf(Listed);
  return call(
    connection,
    { path: `${connection.accountId}/message_templates?${query}`, method: "GET", signal },
    {
      schema,
      read: ({ data, paging }) => ({ items: items(data).map(templateOf), next: nextOf(paging) }),
    },
  );
};

const templateOf = (listed: z.infer<typeof Listed>): ProviderTemplate => ({
  providerId: listed.id,
  name: listed.name,
  language: listed.language,
  category: listed.category.toLowerCase(),
  status: templateStatusOf(listed.status),
  reason: listed.rejected_reason && listed.rejected_reason !== "NONE" ? listed.rejected_reason : null,
  quality: listed.quality_score?.score.toLowerCase() ?? null,
  components: listed.components as JsonObject[],
});

/** The answer to a template that was created. */
export const Created = z.looseObject({ id, status: z.string(), category: z.string().default("") });

/** POST /W/message_templates: a text of our own, or one of Meta's library. */
export const createTemplate: ChannelCalls["createTemplate"] = ({ connection, signal }, template) => {
  const body = "libraryName" in template ? libraryBody(template) : ownBody(template);
  return call(
    connection,
    { path: `${connection.accountId}/message_templates`, body, signal },
    {
      schema: Created,
      read: ({ id: providerId, status, category }) => ({
        providerId,
        status: templateStatusOf(status) ?? "submitted",
        category: category.toLowerCase(),
      }),
    },
  );
};

/** The body that creates a template. */
export const ownBody = (template: TemplateDefinition): object => ({
  name: template.name,
  language: template.language,
  category: template.category.toUpperCase(),
  parameter_format: template.variables === "named" ? "NAMED" : "POSITIONAL",
  message_send_ttl_seconds: template.ttlSeconds,
  ...(template.about === "order" && { display_format: "ORDER_DETAILS" }),
  ...(template.about === "order-status" && { sub_category: "ORDER_STATUS" }),
  components: componentsOf(template),
});

const libraryBody = ({ name, language, category, libraryName, buttons }: LibraryTemplate): object => ({
  name,
  language,
  category: category.toUpperCase(),
  library_template_name: libraryName,
  library_template_button_inputs: buttons?.map((button) =>
    button.kind === "phone"
      ? { type: "PHONE_NUMBER", phone_number: button.phone }
      : { type: "URL", url: { base_url: button.url, url_suffix_example: button.sample } },
  ),
});

/** POST /TEMPLATE. Meta keeps the category of an approved one, so it does not travel. */
export const editTemplate: ChannelCalls["editTemplate"] = ({ connection, signal }, providerId, template) => {
  const body = { components: componentsOf(template), message_send_ttl_seconds: template.ttlSeconds };
  return call(connection, { path: encodeURIComponent(providerId), body, signal }, success);
};

/** DELETE /W/message_templates. */
export const deleteTemplate: ChannelCalls["deleteTemplate"] = async ({ connection, signal }, { name, providerId }) => {
  const query = new URLSearchParams({ name, ...(providerId !== undefined && { hsm_id: providerId }) });
  const path = `${connection.accountId}/message_templates?${query}`;
  const result = await call(connection, { path, method: "DELETE", signal }, success);
  const isGone = result.outcome === "refused" && /does not exist|not found/i.test(result.detail);
  return isGone ? { outcome: "done", value: null } : result;
};

const InLibrary = z.looseObject({
  name: z.string(),
  language: z.string(),
  category: z.string(),
  topic: text,
  usecase: text,
  industry: z.array(z.string()).default([]),
  header: text,
  body: z.string(),
  buttons: Objects,
});

/** GET /message_template_library. */
export const listLibrary: ChannelCalls["listLibrary"] = ({ connection, signal }, { after, ...question }) => {
  const asked = Object.entries(question).filter((entry): entry is [string, string] => entry[1] !== undefined);
  const query = new URLSearchParams([...asked, ["limit", "50"], ...(after === null ? [] : [["after", after]])]);
  const { schema, items } = pageOf(InLibrary);
  return call(
    connection,
    { path: `message_template_library?${query}`, method: "GET", signal },
    {
      schema,
      read: ({ data, paging }) => ({ items: items(data).map(entryOf), next: nextOf(paging) }),
    },
  );
};

const entryOf = (entry: z.infer<typeof InLibrary>): LibraryEntry => ({
  name: entry.name,
  language: entry.language,
  category: entry.category.toLowerCase(),
  topic: entry.topic ?? null,
  usecase: entry.usecase ?? null,
  industries: entry.industry,
  header: entry.header ?? null,
  body: entry.body,
  buttons: entry.buttons,
});
