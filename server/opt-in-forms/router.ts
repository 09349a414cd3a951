import { allowed, router } from "../trpc.ts";
import { changeForm, createForm, setFormState } from "./change-forms.ts";
import { ChangedForm, FormInput, FormState } from "./form-input.ts";
import { listForms } from "./list-forms.ts";

export const optInFormsRouter = router({
  list: allowed("see-contacts").query(({ ctx }) => listForms(ctx)),
  create: allowed("edit-opt-in-forms")
    .input(FormInput)
    .mutation(({ ctx, input }) => createForm(ctx, input)),
  change: allowed("edit-opt-in-forms")
    .input(ChangedForm)
    .mutation(({ ctx, input }) => changeForm(ctx, input)),
  setState: allowed("edit-opt-in-forms")
    .input(FormState)
    .mutation(({ ctx, input }) => setFormState(ctx, input)),
});
