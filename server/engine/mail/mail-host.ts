import type pg from "pg";
import type { Log } from "#server/log.ts";
import { letters } from "#server/notifications/mail/queue-mail.ts";
import { type MailRow, writeMail } from "#server/notifications/mail/write-mail.ts";
import type { NextStep } from "../loop.ts";
import { inTransaction, query } from "../query.ts";
import * as sql from "./mail-statements.ts";
import type { Delivery, Mailer } from "./mailer.ts";

type ClaimedRow = MailRow & { id: string; workspaceId: string; address: string; attempts: number };

/** The rows that go as one mail. */
type OneMail = [ClaimedRow, ...ClaimedRow[]];

type HostOptions = {
  pool: pg.Pool;
  log: Log;
  /** Null: no mail server is set. */
  mailer: Mailer | null;
  publicUrl: string;
};

const idle: NextStep = { withinMs: 1_000 };
/** Few at a time, so that a slow server takes no longer than the lease. */
const mostRows = 50;
/** Half a minute, doubled each time up to an hour: about half a day in all. */
const mostAttempts = 18;
const waitSeconds = (attempts: number): number => Math.min(30 * 2 ** (attempts - 1), 3_600);

/**
 * Sends the mails that wait: claimed in one transaction, sent after it, settled in another. A worker that dies between the mail
 * server's yes and the settlement leaves a claim that runs out, and the mail goes again under the same Message-ID: at least once.
 */
export class MailHost {
  readonly #options: HostOptions;

  constructor(options: HostOptions) {
    this.#options = options;
  }

  async step(): Promise<NextStep> {
    const { pool, mailer } = this.#options;
    if (!mailer) {
      await query(pool, sql.turnOff, []);
      return { withinMs: 10_000 };
    }
    const rows = await this.#claim();
    const mails = fold(rows);
    await Promise.all(mails.map((own) => this.#send(mailer, own)));
    return rows.length > 0 ? "again" : idle;
  }

  #claim(): Promise<ClaimedRow[]> {
    return inTransaction(this.#options.pool, async (client) => {
      const [lock] = await query<{ mine: boolean }>(client, sql.lockClaim, []);
      if (!lock?.mine) return [];
      await query(client, sql.giveUpOld, []);
      return query<ClaimedRow>(client, sql.claim, [mostRows, letters]);
    });
  }

  async #send(mailer: Mailer, rows: OneMail): Promise<void> {
    await this.#settle(rows, await this.#deliver(mailer, rows));
  }

  /** What cannot be written is given up at once: it would keep coming back. */
  async #deliver(mailer: Mailer, rows: OneMail): Promise<Delivery> {
    const [{ id, address }] = rows;
    try {
      const mail = writeMail(rows, { publicUrl: this.#options.publicUrl });
      return await mailer.send({ ...mail, to: address, messageId: id });
    } catch (error) {
      return { outcome: "refused", error: String(error).slice(0, 300) };
    }
  }

  async #settle(rows: OneMail, delivery: Delivery): Promise<void> {
    const { pool, log } = this.#options;
    const tries = rows.map((row) => row.attempts);
    const claims = [rows.map(({ id }) => id), tries];
    if (delivery.outcome === "sent") {
      await query(pool, sql.settleSent, claims);
      return;
    }
    const attempts = Math.max(...tries);
    const isOver = delivery.outcome === "refused" || attempts >= mostAttempts;
    await query(pool, sql.settleFailed, [...claims, delivery.error, isOver ? null : waitSeconds(attempts)]);
    // Its words may hold an address; they stay with the row.
    log.warn({ mailId: rows[0].id, outcome: delivery.outcome, attempts, isOver }, "an e-mail has not left");
  }
}

/** What goes to one address about one kind is one mail; a letter is always its own. */
function fold(rows: readonly ClaimedRow[]): OneMail[] {
  const isLetter = (kind: string) => letters.some((letter) => letter === kind);
  const groups = Map.groupBy(rows, ({ id, workspaceId, address, kind }) =>
    isLetter(kind) ? id : JSON.stringify([workspaceId, address, kind]),
  );
  return [...groups.values()].flatMap(([first, ...more]) => (first ? [[first, ...more]] : []));
}
