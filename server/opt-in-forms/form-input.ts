import { z } from "zod";
import { formLanguages } from "#db/schema/index.ts";
import { consentPurposes } from "#flow/gate/consent.ts";

const wording = z.string().trim().min(10, "Say in a whole sentence what the person agrees to").max(600);

const FormText = z.strictObject({
  title: z.string().trim().min(3, "Give the page a heading").max(120),
  intro: z.string().trim().max(400),
  /** The words beside each box; what is kept as the wording of the consent. */
  wordings: z.partialRecord(z.enum(consentPurposes), wording),
});

/** What somebody of the workspace says about a form. */
export const FormInput = z
  .strictObject({
    name: z.string().trim().min(2, "Give the form a name").max(80),
    source: z.string().trim().min(2, "Say where people will find it").max(120),
    purposes: z
      .array(z.enum(consentPurposes))
      .min(1, "Ask for at least one class of messages")
      .max(consentPurposes.length)
      .refine((all) => new Set(all).size === all.length, "A class is asked for twice"),
    texts: z
      .partialRecord(z.enum(formLanguages), FormText)
      .refine((texts) => Object.keys(texts).length > 0, "Write the page in at least one language"),
    privacyUrl: z
      .url({ protocol: /^https$/, error: "An address that begins with https://" })
      .max(300)
      .nullable(),
  })
  .superRefine(({ purposes, texts }, context) => {
    for (const language of formLanguages)
      for (const purpose of purposes)
        if (texts[language] && !texts[language].wordings[purpose])
          context.addIssue({
            code: "custom",
            path: ["texts", language, "wordings", purpose],
            message: "Say in a whole sentence what the person agrees to",
          });
  });
export type FormInput = z.output<typeof FormInput>;

export const ChangedForm = z.strictObject({ formId: z.uuid(), form: FormInput });
export const FormState = z.strictObject({ formId: z.uuid(), isOpen: z.boolean() });
