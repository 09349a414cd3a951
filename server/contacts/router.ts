import { allowed, router } from "../trpc.ts";
import { EraseContactInput, eraseContact } from "./erase-contact.ts";
import { ContactInput, getContact } from "./get-contact.ts";
import { listAttributes } from "./list-attributes.ts";
import { ListContactsInput, listContacts } from "./list-contacts.ts";
import { makeOptInLink, OptInLinkInput } from "./make-opt-in-link.ts";
import { SetConsentInput, setConsent } from "./set-consent.ts";
import { TakeOutInput, takeOut } from "./take-out.ts";

export const contactsRouter = router({
  list: allowed("see-contacts")
    .input(ListContactsInput)
    .query(({ ctx, input }) => listContacts(ctx, input)),
  attributes: allowed("see-flows").query(({ ctx }) => listAttributes(ctx)),
  get: allowed("see-contacts")
    .input(ContactInput)
    .query(({ ctx, input }) => getContact(ctx, input)),
  setConsent: allowed("edit-contacts")
    .input(SetConsentInput)
    .mutation(({ ctx, input }) => setConsent(ctx, input)),
  erase: allowed("erase-contacts")
    .input(EraseContactInput)
    .mutation(({ ctx, input }) => eraseContact(ctx, input)),
  takeOut: allowed("edit-contacts")
    .input(TakeOutInput)
    .mutation(({ ctx, input }) => takeOut(ctx, input)),
  makeOptInLink: allowed("edit-contacts")
    .input(OptInLinkInput)
    .mutation(({ ctx, input }) => makeOptInLink(ctx, input)),
});
