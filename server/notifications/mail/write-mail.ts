import { createTranslator } from "use-intl/core";
import type { NotedValues } from "#db/schema/notification.ts";
import en from "#messages/en.json" with { type: "json" };
import fr from "#messages/fr.json" with { type: "json" };
import { isNotificationKind, type NotificationKind } from "../kinds.ts";
import { drawMail } from "./draw-mail.ts";
import { maskNumbers } from "./mask-numbers.ts";
import { letters } from "./queue-mail.ts";

export type MailRow = {
  workspace: string;
  language: "en" | "fr";
  kind: string;
  values: NotedValues;
  path: string;
  /** Whose act it was; null: nobody's, or somebody's who is gone. */
  person: string | null;
};

export type WrittenMail = { subject: string; text: string; html: string };

/** More than these are counted. */
const mostItems = 10;

/** One mail about rows of one kind to one reader, in the reader's language, as text and HTML. */
export function writeMail(rows: readonly [MailRow, ...MailRow[]], { publicUrl }: { publicUrl: string }): WrittenMail {
  const [first] = rows;
  if (isNotificationKind(first.kind)) return writeNotice(rows, first.kind, publicUrl);
  return writeLetter(first, publicUrl);
}

const translator = (language: "en" | "fr") =>
  createTranslator({ locale: language, messages: language === "fr" ? fr : en });

function writeNotice(rows: readonly [MailRow, ...MailRow[]], kind: NotificationKind, publicUrl: string): WrittenMail {
  const [first] = rows;
  const t = translator(first.language);
  const told = ({ values, person }: MailRow) =>
    t(`notifications.kinds.${kind}.told`, { ...values, person: person ?? t("notifications.somebody") });
  const quoted = ({ values: { why, reason, text } }: MailRow) => {
    const words = why ?? reason ?? text;
    return words ? t("notifications.quote", { words: maskNumbers(String(words)) }) : null;
  };
  const subject = rows.length === 1 ? told(first) : t(`notifications.kinds.${kind}.many`, { count: rows.length });
  const more = rows.length - mostItems;
  return drawMail({
    language: first.language,
    subject,
    items: rows.slice(0, mostItems).map((row) => ({
      title: told(row),
      detail: quoted(row),
      link: { label: t("notifications.mail.open"), url: `${publicUrl}${row.path}` },
    })),
    more: more > 0 ? t("notifications.mail.and", { count: more }) : null,
    foot: t("notifications.mail.why", { workspace: first.workspace }),
    footLink: { label: t("notifications.mail.change"), url: `${publicUrl}/account#notifications` },
  });
}

function writeLetter({ kind, language, values, workspace, person, path }: MailRow, publicUrl: string): WrittenMail {
  const letter = letters.find((known) => known === kind);
  if (!letter) throw new Error(`There is no letter ${kind}: queue-mail.ts lists them.`);
  const t = translator(language);
  const facts = { ...values, workspace, person: person ?? t("notifications.somebody") };
  return drawMail({
    language,
    subject: t(`notifications.letters.${letter}.subject`, facts),
    items: [
      {
        title: t(`notifications.letters.${letter}.subject`, facts),
        detail: t(`notifications.letters.${letter}.body`, facts),
        link: { label: t(`notifications.letters.${letter}.button`, facts), url: `${publicUrl}${path}` },
      },
    ],
    more: null,
    foot: t(`notifications.letters.${letter}.foot`, facts),
    footLink: null,
  });
}
