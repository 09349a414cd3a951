import type { MessageContent, message } from "#db/schema/index.ts";
import { decideSend } from "#flow/gate/decide-send.ts";
import { renderHeader } from "#flow/render-message.ts";
import { fillText, type TemplateInfo } from "#flow/template.ts";
import { estimateCost } from "#server/channels/prices/estimate-cost.ts";
import { countryOfPhone } from "#server/country-of-phone.ts";
import { fixedId } from "./fixed-id.ts";
import { type History, languageFor } from "./history.ts";
import type { Life, Sent } from "./play-life.ts";
import { freeFor } from "./world/texts-of.ts";

const dayMs = 86_400_000;

type Row = typeof message.$inferInsert;

/** What was sent in one life, as the dispatcher would have stored it. */
export const sentRows = (history: History, templates: readonly TemplateInfo[]): Row[] =>
  history.life.sends.map((sent) => sentRow(history, sent, templates));

/** What the person tapped, as the webhook reader would have stored it. */
export function heardRows(history: History): Row[] {
  const { taps, handOffs } = history.life;
  return taps.map((tap, index): Row => {
    const before = taps[index - 1];
    const opensConversation = !before || tap.at - before.at > dayMs;
    const handOff = handOffs.find(({ at }) => at >= tap.at);
    return {
      ...sharedOf(history),
      id: fixedId(`tap:${history.enrollmentId}:${tap.visit}`, tap.at),
      direction: "inbound",
      visit: tap.visit,
      type: "button",
      content: { body: tap.text },
      status: "received",
      createdAt: new Date(tap.at),
      opensConversation,
      handedOffAt: opensConversation && handOff ? new Date(handOff.at) : null,
    };
  });
}

const sharedOf = ({ seed, person, running, enrollmentId }: History) => ({
  workspaceId: person.workspaceId,
  shard: person.shard,
  contactId: person.id,
  channelId: seed.channelId,
  flowId: running.flowId,
  versionId: running.versionId,
  country: countryOfPhone(person.phone ?? null),
  enrollmentId,
});

function sentRow(history: History, sent: Sent, templates: readonly TemplateInfo[]): Row {
  const { life, enrollmentId, seed } = history;
  const { locale } = history.person;
  const said = sent.template === null ? freeFor(sent.free, locale) : undefined;
  // What the demo says freely has no header.
  const content = said ? { ...said, header: null } : languageFor(templates, sent.template ?? "", locale);
  const values = Object.fromEntries(
    Object.entries(sent.values).flatMap(([name, value]) => (value === null ? [] : [[name, value]])),
  );
  const body = fillText(content?.body ?? "", values);
  const decision = decide(history, sent, body);
  const at = (afterMs: number) => new Date(Math.min(sent.at + afterMs, seed.now.getTime()));
  const atVisit = <Each extends { visit: number }>(all: readonly Each[] = []) =>
    all.find((one) => one.visit === sent.visit);
  const [tap, click] = [atVisit(life.taps), atVisit(life.clicks)];
  const isOut = sent.fate !== "blocked";
  return {
    ...sharedOf(history),
    id: fixedId(`message:${enrollmentId}:${sent.visit}`, sent.at),
    direction: "outbound",
    visit: sent.visit,
    nodeId: sent.nodeId,
    purpose: sent.purpose,
    type: sent.template === null ? "interactive" : "template",
    template: sent.template,
    language: content?.language ?? null,
    content: { ...drawn(content, values), body },
    status: isOut ? (sent.fate === "failed" ? "failed" : sent.fate === "read" ? "read" : "delivered") : "skipped",
    reason: isOut
      ? sent.fate === "failed"
        ? "undeliverable"
        : null
      : "reason" in decision
        ? decision.reason
        : "consent-withdrawn",
    // Meta, error codes: 131026 "Message undeliverable".
    errorCode: sent.fate === "failed" ? 131026 : null,
    checks: decision.checks,
    wamid: isOut ? `wamid.${fixedId(`wamid:${enrollmentId}:${sent.visit}`).replaceAll("-", "")}` : null,
    createdAt: new Date(sent.at),
    sentAt: isOut ? at(800) : null,
    deliveredAt: sent.fate === "read" || sent.fate === "delivered" ? at(sent.deliveredMs ?? 2_400) : null,
    readAt: sent.fate === "read" ? at(sent.readMs ?? 120_000) : null,
    failedAt: sent.fate === "failed" ? at(1_900) : null,
    repliedAt: tap ? new Date(tap.at) : null,
    tappedAt: tap ? new Date(tap.at) : null,
    clickedAt: click ? new Date(click.at) : null,
    score: life.score?.visit === sent.visit ? life.score.value : null,
    ...conversionOf(life, sent),
    ...(isOut && costOf(history, sent)),
  };
}

/** A goal belongs to the last message that had left by then (server/engine/rollup/credit-messages.ts). */
function conversionOf(
  { enrollment: { goalAt, goalValue }, sends }: Life,
  sent: Sent,
): Pick<Row, "convertedAt" | "valueMinor" | "valueCurrency"> {
  const none = { convertedAt: null, valueMinor: null, valueCurrency: null };
  if (goalAt === null) return none;
  const last = sends.findLast(({ at, fate }) => fate !== "blocked" && at <= goalAt && at > goalAt - 7 * dayMs);
  return last !== sent
    ? none
    : {
        convertedAt: new Date(goalAt),
        valueMinor: goalValue?.amountMinor ?? null,
        valueCurrency: goalValue?.currency ?? null,
      };
}

function costOf(
  { person }: History,
  { purpose, template, at, lastInboundAt = null }: Sent,
): Pick<Row, "costMicros" | "costCurrency"> {
  const category = template === null ? "service" : purpose === "marketing" ? "marketing" : "utility";
  const cost = estimateCost({ category, at, phone: person.phone ?? null, lastInboundAt });
  return { costMicros: cost?.amountMicros ?? null, costCurrency: cost?.currency ?? null };
}

type Drawable = Pick<NonNullable<ReturnType<typeof languageFor>>, "header" | "footer" | "buttons">;

function drawn(content: Drawable | undefined, values: Record<string, string>): Omit<MessageContent, "body"> {
  const header = content?.header;
  return {
    header: header ? renderHeader(header, values) : null,
    footer: content?.footer ?? null,
    buttons: (content?.buttons ?? []).map(({ kind, id, text }) => ({ kind, id, text })),
  };
}

/** The gate itself, asked about that moment: its verdict says the same as the message's fate. */
function decide({ person }: History, sent: Sent, text: string) {
  return decideSend({
    now: sent.at,
    purpose: sent.purpose,
    category: null,
    zone: person.timezone,
    consents: person.consents ?? {},
    suppressedReason: person.suppressedReason ?? null,
    cap: { used: 0, perDay: 3, rolling: null, freeOn: null },
    quietHours: null,
    sendingHours: null,
    expiresAt: null,
    spreadKey: "",
    kind: sent.template === null ? "free" : "template",
    lastInboundAt: sent.lastInboundAt ?? null,
    templateStatus: "approved",
    channelStatus: "connected",
    hasAddress: true,
    missingVariables: [],
    text,
  });
}
