import { GraphError } from "../graph-error.ts";

/** Code 100 with the subcode, title and words Meta gives for a template it does not take (section 4.1). */
export const templateError = (subcode: number, userTitle: string, userMessage: string): GraphError =>
  new GraphError(100, null, { subcode, userTitle, userMessage });
