import { z } from "zod";
import type { Got } from "#server/demo/world/act.ts";
import { design } from "#server/demo/world/design.ts";
import type { Stage } from "./stage.ts";

const Button = z.looseObject({ kind: z.string(), id: z.string().optional(), url: z.string().optional() });
const Row = z.looseObject({
  wamid: z.string(),
  to: z.string(),
  template: z.string().optional(),
  status: z.string(),
  at: z.string(),
  rendered: z.looseObject({ buttons: z.array(Button) }).optional(),
});
const Page = z.object({
  data: z.array(Row),
  paging: z.looseObject({ cursors: z.object({ after: z.string() }).optional() }),
});
const Url = z.object({ url: z.string() });

const rowsAtOnce = 5_000;

/** The customers' phones: what has come to them, and their taps and words. */
export class Phones {
  readonly #stage: Stage;
  #after: string | undefined;
  /** Messages that left the bank so far. */
  sent = 0;

  constructor(stage: Stage) {
    this.#stage = stage;
  }

  /** Phones, networks and webhooks as the design says. */
  async settleIn(): Promise<void> {
    const { unreachable, hidesReads, unread, disturbed, delivered, read } = design.phones;
    const delay = ({ medianMs, spread }: { medianMs: number; spread: number }) => ({ median_ms: medianMs, spread });
    const { call } = this.#stage.control;
    await call("POST", "crowd", {
      ...{ unreachable, hides_reads: hidesReads, unread },
      ...{ delivered: delay(delivered), read: delay(read) },
    });
    // What fails is told at once: whoever looks at a phone knows whether the message is on its way.
    await call("POST", "schedule", { sent_ms: 0 });
    await call("POST", "chaos", { duplicates: disturbed, reorders: disturbed });
  }

  /** What has left for phones since the last look and did not fail, by phone. */
  async look(): Promise<{ phone: string; got: Got }[]> {
    const found: { phone: string; got: Got }[] = [];
    for (;;) {
      const query = new URLSearchParams({
        direction: "outbound",
        limit: String(rowsAtOnce),
        ...(this.#after === undefined ? {} : { after: this.#after }),
      });
      const { data, paging } = Page.parse(await this.#stage.control.call("GET", `messages?${query}`));
      this.#after = paging.cursors?.after ?? this.#after;
      this.sent += data.length;
      for (const row of data) if (row.status !== "failed") found.push({ phone: `+${row.to}`, got: gotOf(row) });
      if (data.length < rowsAtOnce) return found;
    }
  }

  say(phone: string, text: string): Promise<unknown> {
    return this.#stage.control.say(phone, text);
  }

  tap(wamid: string, button: number | string): Promise<unknown> {
    const which = typeof button === "number" ? { button_index: button } : { row_id: button };
    return this.#stage.control.call("POST", "tap", { wamid, ...which });
  }

  /** Where a link of a message leads. */
  async linkOf(wamid: string, button: number): Promise<string> {
    return Url.parse(await this.#stage.control.call("POST", "tap", { wamid, button_index: button })).url;
  }
}

const gotOf = ({ wamid, at, template, rendered }: z.infer<typeof Row>): Got => ({
  wamid,
  at: Date.parse(at),
  template: template ?? null,
  buttons: (rendered?.buttons ?? []).map(({ kind, id = "", url }) => ({
    id,
    kind: url === undefined ? (kind === "row" ? "row" : "answer") : "link",
  })),
});
