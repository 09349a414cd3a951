import { expect, test } from "vitest";
import { templateStatuses } from "./template.ts";
import { deletionRefusal } from "./template-deletion.ts";

const reasonOf = (status: (typeof templateStatuses)[number], usedIn: { name: string }[] = []) =>
  deletionRefusal({ usedIn, languages: [{ language: "en", status }] })?.reason ?? "may go";

test("drafts and what was refused may go; what WhatsApp holds or checkers look at stays", () => {
  expect(Object.fromEntries(templateStatuses.map((status) => [status, reasonOf(status)]))).toEqual({
    draft: "may go",
    "in-review": "in-review",
    "changes-requested": "may go",
    declined: "may go",
    submitted: "held",
    approved: "held",
    rejected: "may go",
    paused: "held",
    disabled: "held",
  });
});

test("a draft that a flow sends stays", () => expect(reasonOf("draft", [{ name: "KYC" }])).toBe("used"));

test("one language at WhatsApp keeps the whole template", () =>
  expect(
    deletionRefusal({
      usedIn: [],
      languages: [
        { language: "en", status: "draft" },
        { language: "fr", status: "approved" },
      ],
    }),
  ).toEqual({ reason: "held", languages: ["fr"] }));
