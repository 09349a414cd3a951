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
  "export-flows": ["owner", "maker", "checker", "agent", "analyst"],
  "pause-flows": ["owner", "maker", "checker"],
  "run-backtests": ["owner", "maker", "checker", "analyst"],
  "see-templates": ["owner", "maker", "checker", "agent", "analyst"],
  "edit-templates": ["owner", "maker"],
  "export-templates": ["owner", "maker", "checker", "agent", "analyst"],
  "submit-templates": ["owner", "maker"],
  "see-approvals": ["owner", "maker", "checker"],
  "ask-approval": ["owner", "maker"],
  "decide-approvals": ["owner", "checker"],
  "see-contacts": ["owner", "maker", "checker", "agent"],
  "edit-contacts": ["owner", "agent"],
  "erase-contacts": ["owner", "maker"],
  "edit-opt-in-forms": ["owner", "maker"],
  "see-audiences": ["owner", "maker", "checker", "agent", "analyst"],
  "edit-audiences": ["owner", "maker"],
  "import-contacts": ["owner", "maker"],
  "send-events": ["owner", "maker"],
  "see-experiments": ["owner", "maker", "checker", "agent", "analyst"],
  "edit-experiments": ["owner", "maker"],
  "export-experiments": ["owner", "maker", "checker", "analyst"],
  "note-experiments": ["owner", "maker", "checker", "analyst"],
  "see-messages": ["owner", "maker", "checker", "agent", "analyst"],
  "see-hand-offs": ["owner", "maker", "agent"],
  "answer-hand-offs": ["owner", "agent"],
  "use-sandbox": ["owner", "maker", "checker", "agent", "analyst"],
  "see-channels": ["owner", "maker", "checker"],
  "manage-channels": ["owner"],
  "send-test-messages": ["owner", "maker"],
  "see-dashboard": ["owner", "maker", "checker", "analyst"],
  "export-dashboard": ["owner", "maker", "checker", "analyst"],
  "manage-reports": ["owner", "maker"],
  "see-health": ["owner", "maker", "checker"],
  "hold-sending": ["owner", "maker", "checker"],
  "retry-dead-letters": ["owner", "maker"],
  "discard-dead-letters": ["owner"],
  "see-settings": ["owner", "maker", "checker", "agent", "analyst"],
  "manage-workspace": ["owner"],
  "see-people": ["owner", "checker"],
  "manage-people": ["owner"],
  "see-keys": ["owner"],
  "manage-keys": ["owner"],
  "see-audit": ["owner", "checker"],
  "export-audit": ["owner", "checker"],
} as const satisfies Record<string, readonly Role[]>;

export type Verb = keyof typeof verbs;

export const isAllowed = (role: Role, verb: Verb): boolean => (verbs[verb] as readonly Role[]).includes(role);

/**
 * Verbs for which somebody with a second factor shows it anew: what goes live, what leaves the house, and who may do either
 * (require-confirmation.ts). A test lists the procedures behind them.
 */
const confirmed: ReadonlySet<Verb> = new Set<Verb>([
  "publish-flows",
  "decide-approvals",
  "export-flows",
  "export-templates",
  "export-experiments",
  "export-audit",
  "export-dashboard",
  "submit-templates",
  "erase-contacts",
  "manage-people",
  "manage-keys",
]);

export const asksConfirmation = (verb: Verb): boolean => confirmed.has(verb);
