import { createHash } from "node:crypto";

/*
 * The work that is measured, written down once without any flow language: an event of a person is matched, a condition looks at the
 * person, a split parts them in two arms, a message is sent, and the goal is reached. The bare prototype and every peer use this.
 */

export type BenchEvent = { id: string; name: string; properties: Record<string, unknown>; at: number };

export type BenchPerson = {
  id: string;
  workspace_id: string;
  shard: number;
  first_name: string;
  phone: string;
  attributes: { score: number };
  consents: { service: { state: string; at: string } };
};

export type BenchFlow = { workspaceId: string; flowId: string; versionId: string; channelId: string };

/** Match, condition and split: the arm, or null for a person who does not enter. */
export function armOf(event: BenchEvent, person: BenchPerson): { arm: "a" | "b"; bucket: number } | null {
  if (event.name !== "bench.event" || !(person.attributes.score > 600)) return null;
  const bucket = createHash("sha256").update(`bench ${person.id}`).digest().readUInt32BE() / 2 ** 32;
  return { arm: bucket < 0.5 ? "a" : "b", bucket: Math.round(bucket * 10_000) / 10_000 };
}

/** The rows of one whole run, as the engine writes them: enrollment, its path of five, message and outbox row. */
export function rowsOfRun(
  flow: BenchFlow,
  { event, person, at }: { event: BenchEvent; person: BenchPerson; at: string },
  ids: { enrollment: string; message: string },
) {
  const taken = armOf(event, person);
  if (!taken) return null;
  const send = `send-${taken.arm}`;
  const place = {
    workspace_id: flow.workspaceId,
    contact_id: person.id,
    flow_id: flow.flowId,
    enrollment_id: ids.enrollment,
  };
  const left = (visit: number, node_id: string, handle: string, detail: object) => ({
    at,
    ordinal: visit - 1,
    visit,
    node_id,
    kind: "left",
    handle,
    detail,
  });
  const path = [
    left(1, "start", "next", { event: event.name }),
    left(2, "score", "good", { branch: "Good" }),
    left(3, "split", taken.arm, { arm: taken.arm.toUpperCase(), bucket: taken.bucket }),
    left(4, send, "next", { template: "hello" }),
    { ...left(5, "goal", "", { name: "done", reason: "goal" }), kind: "ended", handle: null },
  ];
  const request = {
    template: "hello",
    purpose: "service",
    values: { first_name: person.first_name },
    links: {},
    sendingHours: null,
  };
  return {
    enrollment: enrollmentRow(flow, { event, person, at, send }, ids.enrollment),
    trace: { ...place, version_id: flow.versionId, rows: path },
    send: {
      ...place,
      id: ids.message,
      shard: person.shard,
      visit: 4,
      node_id: send,
      purpose: "service",
      template: "hello",
      lane: 2,
      request,
      at,
      expires_at: null,
    },
  };
}

function enrollmentRow(
  flow: BenchFlow,
  { event, person, at, send }: { event: BenchEvent; person: BenchPerson; at: string; send: string },
  id: string,
) {
  const now = Date.parse(at);
  const state = {
    status: "ended",
    nodeId: null,
    visit: 5,
    visitsByNode: { start: 1, score: 1, split: 1, [send]: 1, goal: 1 },
    wait: null,
    event,
    key: null,
    enteredAt: now,
    values: {},
    sent: [{ visit: 4, nodeId: send }],
    endReason: "goal",
    endNote: "done",
    goalAt: now,
  };
  return {
    id,
    workspace_id: flow.workspaceId,
    shard: person.shard,
    flow_id: flow.flowId,
    version_id: flow.versionId,
    contact_id: person.id,
    key: "",
    event_id: event.id,
    status: "ended",
    node_id: null,
    state,
    wake_at: null,
    entered_at: at,
    ended_at: at,
    end_reason: "goal",
    goal_at: at,
    trace_count: 5,
  };
}

/** What the gate found and what the person will read, in the size and shape in which the engine keeps them. */
export function verdictOf(person: BenchPerson, capUsed: number) {
  const { state, at } = person.consents.service;
  const check = (name: string, seen: string, needed: string) => ({ check: name, verdict: "pass", seen, needed });
  return {
    isAllowed: state === "granted",
    content: {
      header: null,
      body: `Hello ${person.first_name}, how are you?`,
      footer: null,
      buttons: [{ kind: "quick-reply", id: "help", text: "Help" }],
    },
    checks: [
      check("consent", `granted ${at.slice(0, 10)}`, "service"),
      check("suppression", "none", "none"),
      check("left", "none", "none"),
      check("cap", String(capUsed), "< 3"),
      check("hours", "12:00 UTC", "any"),
      check("expiry", "", ""),
      check("window", "template", "any"),
      check("template", "approved", "approved"),
      check("channel", "connected", "connected"),
      check("budget", "", ""),
      check("content", "", "no card number"),
    ],
  };
}

/** The provider's call for one message: the same bytes as the engine's. */
export function callOf(person: Pick<BenchPerson, "phone" | "first_name">, messageId: string): string {
  return JSON.stringify({
    messaging_product: "whatsapp",
    recipient_type: "individual",
    to: person.phone,
    type: "template",
    template: {
      name: "hello",
      language: { code: "en" },
      components: [
        { type: "body", parameters: [{ type: "text", parameter_name: "first_name", text: person.first_name }] },
        { type: "button", sub_type: "quick_reply", index: "0", parameters: [{ type: "payload", payload: "help" }] },
      ],
    },
    biz_opaque_callback_data: messageId,
  });
}
