/** The element id of a step's card, to move the keyboard's focus there. */
export const cardId = (nodeId: string): string => `step-${nodeId}`;
