import { allowed, router } from "../trpc.ts";
import { ExplainContact, explainContact } from "./explain-contact.ts";
import { listRunFlows } from "./list-run-flows.ts";

export const explainRouter = router({
  flows: allowed("see-contacts").query(({ ctx }) => listRunFlows(ctx)),
  contact: allowed("see-contacts")
    .input(ExplainContact)
    .query(({ ctx, input }) => explainContact(ctx, input)),
});
