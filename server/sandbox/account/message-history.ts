import type { JsonObject } from "#flow/json.ts";
import { callbackOf } from "../delivery/callback.ts";
import { fieldsOf, page } from "../graph/listing.ts";
import { errorTitle, unknownObject } from "../graph-error.ts";
import type { Message, Update } from "../record.ts";
import type { Sandbox } from "../sandbox.ts";
import { applicationOf } from "./account-id.ts";

type StatusUpdate = Update & { kind: "status" };

/** An entry's id tells its place in the ledger, so that nothing needs to be remembered for it. */
const idOf = (index: number): string => `8${String(index).padStart(15, "0")}`;

const indexOf = (id: string): number | null => (/^8\d{15}$/.test(id) ? Number(id.slice(1)) : null);

const messageAt = (sandbox: Sandbox, id: string): Message | undefined => {
  const index = indexOf(id);
  const message = index === null ? undefined : sandbox.world.log[index];
  return message?.direction === "outbound" ? message : undefined;
};

export const isHistoryId = (sandbox: Sandbox, id: string): boolean => messageAt(sandbox, id) !== undefined;

/** GET /P/message_history, newest first; `message_id` asks for one, `fields=events{...}` for what became of each. */
export async function listHistory(sandbox: Sandbox, url: URL): Promise<object> {
  const wamid = url.searchParams.get("message_id");
  const found = sandbox.world.log
    .map((message, index) => ({ message, id: idOf(index) }))
    .filter(({ message }) => message.direction === "outbound" && (wamid === null || message.wamid === wamid))
    .reverse();
  const listed = page(
    found.map(({ message, id }) => ({ id, message_id: message.wamid })),
    url,
    100,
  );
  const hasEvents = fieldsOf(url)?.some((field) => field.startsWith("events"));
  if (!hasEvents) return listed;
  const statuses = await statusesOf(
    sandbox,
    new Set(listed.data.map((entry) => String(Reflect.get(entry, "message_id")))),
  );
  const data = listed.data.map((entry) => {
    const own = statuses.filter((update) => update.wamid === Reflect.get(entry, "message_id"));
    return { ...entry, events: { data: own.map((update) => shownEvent(sandbox, update)) } };
  });
  return { ...listed, data };
}

/** GET /MSG_HISTORY/events: each step with its time, filtered by `status_filter`. */
export async function listHistoryEvents(sandbox: Sandbox, url: URL, id: string): Promise<object> {
  const message = messageAt(sandbox, id);
  if (!message) throw unknownObject(id);
  const filter = url.searchParams.get("status_filter")?.toUpperCase();
  const updates = await statusesOf(sandbox, new Set([message.wamid]));
  const steps = [
    { status: "ACCEPTED", at: message.at, n: 0, code: undefined },
    ...updates.map((each) => ({ ...each, status: wordOf(each) })),
  ];
  const edges = steps
    .filter(({ status }) => filter === undefined || status === filter)
    .map(({ status, at, n, code }) => ({
      cursor: Buffer.from(String(n)).toString("base64"),
      node: {
        id: `${id.slice(0, 8)}${String(n).padStart(8, "0")}`,
        delivery_status: status,
        ...(code === undefined ? {} : { error_description: errorTitle(code) }),
        occurrence_timestamp: Math.floor(at / 1000),
        status_timestamp: Math.floor(at / 1000),
        application: { id: applicationOf(sandbox).id, name: applicationOf(sandbox).name },
      },
    }));
  return page(edges, url, 100);
}

/** Status times are on disk only: a benchmark's millions of them have no place in memory. */
async function statusesOf(sandbox: Sandbox, wamids: ReadonlySet<string>): Promise<StatusUpdate[]> {
  const found: StatusUpdate[] = [];
  await sandbox.readLedger((record) => {
    if (record.k === "update" && record.update.kind === "status" && wamids.has(record.update.wamid))
      found.push(record.update);
  });
  return found;
}

const wordOf = ({ status }: StatusUpdate): string => (status === "failed" ? "ERROR" : status.toUpperCase());

function shownEvent(sandbox: Sandbox, update: StatusUpdate): JsonObject {
  const address = callbackOf(sandbox.world, update);
  return {
    id: `7${String(update.n).padStart(15, "0")}`,
    delivery_status: update.status.toUpperCase(),
    webhook_update_state: sandbox.world.pending.has(update.n) ? "PENDING" : "DELIVERED",
    timestamp: Math.floor(update.at / 1000),
    application: { id: applicationOf(sandbox).id },
    ...(address === null ? {} : { webhook_uri: address }),
    ...(update.code === undefined ? {} : { error_description: errorTitle(update.code) }),
  };
}
