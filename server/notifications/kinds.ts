import type { Verb } from "#server/auth/permissions.ts";

type About = { subject: "flow" | "template"; name: string };

/** What there is to tell, and what each sentence names. Never anything about a customer: these words leave the house by e-mail. */
export type NotificationValues = {
  "approval-asked": About & { why: string };
  "approval-commented": About & { text: string };
  "approval-changes-requested": About & { reason: string };
  "approval-approved": About;
  "approval-rejected": About & { reason: string };
  "approval-withdrawn": About;
  "sending-held": Record<string, never>;
  "sending-released": Record<string, never>;
  "template-approved": { name: string; language: string };
  "template-rejected": { name: string; language: string; reason: string | null };
  "template-paused": { name: string; language: string; reason: string | null };
  "template-disabled": { name: string; language: string; reason: string | null };
  "template-category-changed": { name: string; from: string; to: string };
  "template-quality-dropped": { name: string; language: string; quality: string };
  "channel-refused": { name: string; reason: string };
  "channel-restricted": { name: string; reason: string };
  "dead-letters": { count: number };
  "import-done": { file: string; people: number; refused: number };
  "flow-published": { name: string; number: number };
  "flow-not-published": { name: string; reason: string };
  "flow-rolled-back": { name: string; from: number; to: number };
  "experiment-verdict": { name: string; verdict: "ship" | "rollback" | "review" | "unhealthy" };
};

export type NotificationKind = keyof NotificationValues;

export type KindFacts = {
  /** Nobody without this verb is ever told, whoever is named. */
  verb: Verb;
  /** The headline in the person's settings under which it stands. */
  group: "approvals" | "sending" | "templates" | "numbers" | "imports";
  /** Whether it comes by e-mail, too, as long as a person says nothing else. */
  mails: boolean;
  /** Where it leads; the id is the notification's subject. */
  pathOf: (subjectId: string) => string;
};

const approval = {
  verb: "see-approvals",
  group: "approvals",
  mails: true,
  pathOf: (id) => `/approvals?id=${id}`,
} as const satisfies KindFacts;
const sending = { verb: "see-health", group: "sending", mails: true, pathOf: () => "/health" } satisfies KindFacts;
const template = {
  verb: "see-templates",
  group: "templates",
  mails: true,
  pathOf: (id) => `/templates/${id}`,
} as const satisfies KindFacts;
const number = {
  verb: "see-channels",
  group: "numbers",
  mails: true,
  pathOf: (id) => `/channels/${id}`,
} as const satisfies KindFacts;

const live = {
  verb: "see-flows",
  group: "approvals",
  mails: true,
  pathOf: (id) => `/flows/${id}/live`,
} as const satisfies KindFacts;

/** Every kind with its facts, in the order of the settings. Its words are `notifications.kinds.<kind>`. */
export const notificationKinds: Record<NotificationKind, KindFacts> = {
  "approval-asked": { ...approval, verb: "decide-approvals" },
  "approval-commented": { ...approval, mails: false },
  "approval-changes-requested": approval,
  "approval-approved": approval,
  "approval-rejected": approval,
  "approval-withdrawn": { ...approval, mails: false },
  "sending-held": sending,
  "sending-released": sending,
  "template-approved": { ...template, mails: false },
  "template-rejected": template,
  "template-paused": template,
  "template-disabled": template,
  "template-category-changed": template,
  "template-quality-dropped": template,
  "channel-refused": number,
  "channel-restricted": number,
  "dead-letters": { ...sending, verb: "retry-dead-letters" },
  "import-done": { verb: "import-contacts", group: "imports", mails: false, pathOf: (id) => `/audiences?import=${id}` },
  "flow-published": { ...live, mails: false },
  "flow-not-published": { ...live, pathOf: (id) => `/flows/${id}` },
  "flow-rolled-back": { ...live, verb: "decide-approvals" },
  "experiment-verdict": { ...live, verb: "edit-experiments", pathOf: (id) => `/experiments/${id}` },
};

export const isNotificationKind = (kind: string): kind is NotificationKind => Object.hasOwn(notificationKinds, kind);
