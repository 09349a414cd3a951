/** Roles of product.md. A person has one role in a workspace. */
export const roles = ["owner", "maker", "checker", "agent", "analyst"] as const;
export type Role = (typeof roles)[number];

/**
 * Every verb of the product and who may do it. Deny by default: a procedure must name a verb of this table, and a verb
 * that lists no role is open to nobody.
 */
export const verbs = {
  "see-workspace": ["owner", "maker", "checker", "agent", "analyst"],
  "change-own-settings": ["owner", "maker", "checker", "agent", "analyst"],
  "see-flows": ["owner", "maker", "checker", "agent", "analyst"],
  "edit-flows": ["owner", "maker"],
  "publish-flows": ["owner", "maker"],
  "pause-flows": ["owner", "maker", "checker"],
  "see-templates": ["owner", "maker", "checker", "agent", "analyst"],
  "edit-templates": ["owner", "maker"],
  "submit-templates": ["owner", "maker"],
  "see-approvals": ["owner", "maker", "checker"],
  "ask-approval": ["owner", "maker"],
  "decide-approvals": ["owner", "checker"],
  "see-contacts": ["owner", "maker", "checker", "agent"],
  "edit-contacts": ["owner", "agent"],
  "send-events": ["owner", "maker"],
  "see-messages": ["owner", "maker", "checker", "agent", "analyst"],
  "see-hand-offs": ["owner", "maker", "agent"],
  "answer-hand-offs": ["owner", "agent"],
  "use-sandbox": ["owner", "maker", "checker", "agent", "analyst"],
  "see-channels": ["owner", "maker", "checker"],
  "manage-channels": ["owner"],
  "send-test-messages": ["owner", "maker"],
  "see-health": ["owner", "maker", "checker"],
  "hold-sending": ["owner", "maker", "checker"],
  "retry-dead-letters": ["owner", "maker"],
  "discard-dead-letters": ["owner"],
  "see-settings": ["owner", "maker", "checker", "agent", "analyst"],
  "manage-workspace": ["owner"],
} as const satisfies Record<string, readonly Role[]>;

export type Verb = keyof typeof verbs;

export const isAllowed = (role: Role, verb: Verb): boolean => (verbs[verb] as readonly Role[]).includes(role);
