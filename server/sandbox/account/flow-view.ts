import type { Sandbox } from "../sandbox.ts";
import { applicationOf, businessId } from "./account-id.ts";
import type { Flow } from "./account-record.ts";
import { flowVersions } from "./flow-rules.ts";

const previewMs = 30 * 86_400_000;

/** A flow as GET answers it; `fields` picks out of it. */
export function shownFlow(sandbox: Sandbox, flow: Flow): Record<string, unknown> {
  const { json, dataApi } = flowVersions(flow.json);
  const accountId = sandbox.identity.accountId;
  const application = applicationOf(sandbox);
  return {
    id: flow.id,
    name: flow.name,
    status: flow.status,
    categories: flow.categories,
    validation_errors: flow.errors,
    updated_at: graphTime(flow.changedAt),
    ...(json === null ? {} : { json_version: json }),
    ...(dataApi === null ? {} : { data_api_version: dataApi }),
    ...(flow.endpointUri === null ? {} : { endpoint_uri: flow.endpointUri, data_channel_uri: flow.endpointUri }),
    preview: {
      preview_url: `https://business.facebook.com/wa/manage/flows/${flow.id}/preview/?token=${flow.id.slice(-8)}`,
      expires_at: graphTime(sandbox.clock.now() + previewMs),
    },
    whatsapp_business_account: {
      id: accountId,
      name: "Sandbox Bank",
      timezone_id: sandbox.world.account.facts.timezoneId,
      message_template_namespace: "sandbox",
      business_type: "ent",
    },
    application,
    health_status: {
      can_send_message: flow.status === "BLOCKED" ? "BLOCKED" : flow.status === "THROTTLED" ? "LIMITED" : "AVAILABLE",
      entities: [
        { entity_type: "FLOW", id: flow.id, can_send_message: flow.status === "BLOCKED" ? "BLOCKED" : "AVAILABLE" },
        { entity_type: "WABA", id: accountId, can_send_message: "AVAILABLE" },
        { entity_type: "BUSINESS", id: businessId(sandbox), can_send_message: "AVAILABLE" },
        { entity_type: "APP", id: application.id, can_send_message: "AVAILABLE" },
      ],
    },
  };
}

/** Graph writes times as 2024-01-28T08:00:00+0000. */
const graphTime = (ms: number): string => new Date(ms).toISOString().replace(/\.\d{3}Z$/, "+0000");
