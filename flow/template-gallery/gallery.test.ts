import { expect, test } from "vitest";
import { lintTemplate } from "../lint-template.ts";
import { templateGallery } from "./gallery.ts";
import { galleryLanguages } from "./gallery-entry.ts";

test.each(templateGallery.map((entry) => [entry.id, entry] as const))(
  "%s has nothing to find in any language",
  (_, entry) => {
    expect(lintTemplate(entry)).toEqual([]);
    expect(entry.languages.map((content) => content.language)).toEqual([...galleryLanguages]);
  },
);

test("the needs that WhatsApp's library names for finance are all there", () => {
  const useCases = templateGallery.map((entry) => entry.useCase);
  expect(useCases).toEqual(
    expect.arrayContaining([
      "PAYMENT_DUE_REMINDER",
      "PAYMENT_OVERDUE",
      "FRAUD_ALERT",
      "LOW_BALANCE_WARNING",
      "STATEMENT_AVAILABLE",
      "TRANSACTION_ALERT",
      "AUTO_PAY_REMINDER",
      "RECEIPT_ATTACHMENT",
    ]),
  );
  expect(new Set(templateGallery.map((entry) => entry.id)).size).toBe(templateGallery.length);
});
