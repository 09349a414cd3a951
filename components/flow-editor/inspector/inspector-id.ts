/** The element id of the panel at the right. */
export const inspectorId = "step-inspector";
