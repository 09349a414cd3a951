import { createTemplate } from "../graph/create-template.ts";
import { addNumber, listNumbers } from "../graph/numbers.ts";
import { listLibrary } from "../graph/template-library.ts";
import { previewTemplates } from "../graph/template-previews.ts";
import { removeTemplates } from "../graph/template-removal.ts";
import { listTemplates } from "../graph/template-view.ts";
import { changeAccount, getAccount } from "./account-node.ts";
import { createFlow, listFlows } from "./flows.ts";
import type { Edge } from "./number-edges.ts";
import { listSubscribedApps, subscribeApp, unsubscribeApp } from "./subscribed-apps.ts";
import { templateAnalytics } from "./template-analytics.ts";

/** The account's edges, by method and name (section 2). */
export const accountEdges: Record<string, Edge> = {
  "GET ": (sandbox, { url }) => getAccount(sandbox, url),
  "POST ": (sandbox, { parameters }) => changeAccount(sandbox, parameters),
  "GET phone_numbers": (sandbox, { url }) => listNumbers(sandbox, url),
  "POST phone_numbers": (sandbox, { parameters }) => addNumber(sandbox, parameters),
  "GET message_templates": (sandbox, { url }) => listTemplates(sandbox, url),
  "POST message_templates": (sandbox, { parameters }) => createTemplate(sandbox, parameters),
  "DELETE message_templates": (sandbox, { url }) => removeTemplates(sandbox, url),
  "GET message_template_previews": (_, { url }) => previewTemplates(url),
  "GET message_template_library": (_, { url }) => listLibrary(url),
  "GET template_analytics": (sandbox, { url }) => templateAnalytics(sandbox, url),
  "GET subscribed_apps": listSubscribedApps,
  "POST subscribed_apps": (sandbox, { parameters }) => subscribeApp(sandbox, parameters),
  "DELETE subscribed_apps": unsubscribeApp,
  "GET flows": (sandbox, { url }) => listFlows(sandbox, url),
  "POST flows": (sandbox, { parameters }) => createFlow(sandbox, parameters),
};
