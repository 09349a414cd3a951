import { and, count, desc, eq, inArray, lt, type SQL } from "drizzle-orm";
import { z } from "zod";
import { contact, flow, type MessageContent, message, messageStatuses } from "#db/schema/index.ts";
import { isAllowed } from "../auth/permissions.ts";
import { messageCost, type PriceColumns } from "../channels/prices/message-cost.ts";
import { maskPhone } from "../mask-phone.ts";
import { PageInput, toPage } from "../page.ts";
import type { Actor } from "../trpc.ts";

/** The tabs of the log: each is a set of message statuses. */
export const messageTabs = {
  all: [...messageStatuses],
  waiting: ["queued", "sending"],
  sent: ["sent", "delivered", "read"],
  skipped: ["skipped"],
  failed: ["failed"],
  unknown: ["unknown"],
  received: ["received"],
} as const satisfies Record<string, readonly (typeof messageStatuses)[number][]>;

type Tab = keyof typeof messageTabs;

export const ListMessagesInput = z.strictObject({
  tab: z.enum(Object.keys(messageTabs) as [Tab, ...Tab[]]).default("all"),
  flowId: z.uuid().optional(),
  contactId: z.uuid().optional(),
  ...PageInput,
});

/** One page of the message log, newest first: also what was not sent, with its reason and every check of the gate. */
export async function listMessages(actor: Actor, input: z.output<typeof ListMessagesInput>) {
  const base = and(
    eq(message.workspaceId, actor.session.workspaceId),
    input.flowId ? eq(message.flowId, input.flowId) : undefined,
    input.contactId ? eq(message.contactId, input.contactId) : undefined,
  );
  const [rows, counts] = await Promise.all([
    actor.db
      .select({
        id: message.id,
        direction: message.direction,
        status: message.status,
        reason: message.reason,
        errorCode: message.errorCode,
        errorDetail: message.errorDetail,
        checks: message.checks,
        template: message.template,
        language: message.language,
        content: message.content,
        purpose: message.purpose,
        costMicros: message.costMicros,
        costCurrency: message.costCurrency,
        pricingType: message.pricingType,
        pricingCategory: message.pricingCategory,
        createdAt: message.createdAt,
        sentAt: message.sentAt,
        deliveredAt: message.deliveredAt,
        readAt: message.readAt,
        failedAt: message.failedAt,
        repliedAt: message.repliedAt,
        clickedAt: message.clickedAt,
        contactId: message.contactId,
        firstName: contact.firstName,
        lastName: contact.lastName,
        phone: contact.phone,
        flowId: message.flowId,
        flowName: flow.name,
        nodeId: message.nodeId,
      })
      .from(message)
      .innerJoin(contact, eq(contact.id, message.contactId))
      .leftJoin(flow, eq(flow.id, message.flowId))
      .where(
        and(
          base,
          input.tab === "all" ? undefined : inArray(message.status, [...messageTabs[input.tab]]),
          input.cursor ? lt(message.id, input.cursor) : undefined,
        ),
      )
      .orderBy(desc(message.id))
      .limit(input.limit + 1),
    countByTab(actor, base),
  ]);
  const page = toPage(rows, input.limit);
  const show = isAllowed(actor.session.role, "see-contacts") ? withMaskedPhone : withoutPerson;
  return { ...page, counts, rows: page.rows.map((row) => show(withCost(row))) };
}

const withCost = <Row extends PriceColumns>({
  costMicros,
  costCurrency,
  pricingType,
  pricingCategory,
  ...row
}: Row) => ({
  ...row,
  cost: messageCost({ costMicros, costCurrency, pricingType, pricingCategory }),
});

type Personal = {
  firstName: string | null;
  lastName: string | null;
  phone: string | null;
  content: MessageContent | null;
};

const withMaskedPhone = <Row extends Personal>(row: Row): Row => ({ ...row, phone: maskPhone(row.phone) });

/** For roles without the right to see people: what was sent and why not, but neither to whom nor in which words. */
const withoutPerson = <Row extends Personal>(row: Row): Row => ({
  ...row,
  firstName: null,
  lastName: null,
  phone: null,
  content: null,
});

async function countByTab(actor: Actor, base: SQL | undefined): Promise<Record<Tab, number>> {
  const rows = await actor.db
    .select({ status: message.status, count: count() })
    .from(message)
    .where(base)
    .groupBy(message.status);
  const total = (statuses: readonly string[]) =>
    rows.filter((row) => statuses.includes(row.status)).reduce((sum, row) => sum + row.count, 0);
  return Object.fromEntries(Object.entries(messageTabs).map(([tab, statuses]) => [tab, total(statuses)])) as Record<
    Tab,
    number
  >;
}
