import type { NeededValue, NodeProblem } from "./define-node.ts";
import { type FreeContent, freeVariables, type MessageText } from "./free-message.ts";
import { lintFree } from "./lint-free.ts";
import { blankProblems, neededBy, type Values } from "./message-step.ts";

/** What a step says that is no template, in its languages, and what fills its blanks. */
type Said = { contents: FreeContent[]; values: Values };

/** What WhatsApp would refuse, and blanks that nothing fills. */
export const freeProblems = ({ contents, values }: Said): NodeProblem[] => [
  ...lintFree(contents),
  ...[...new Set(contents.flatMap(freeVariables))].flatMap((variable) => blankProblems(variable, values)),
];

/** What all steps have in common that say something within the window. */
export const saysFreely = {
  needs: ({ contents, values }: Said): NeededValue[] => neededBy(values, contents.flatMap(freeVariables)),
  chargedAs: () => "service" as const,
  needsWindow: "blocked",
  message: ({ contents }: Said): MessageText => ({ samples: {}, languages: contents }),
};
