import { expect, test } from "vitest";
import { sandboxIdentity } from "./identity.ts";
import { wamidOf } from "./wamid.ts";

test("a message id has Meta's outer form: marker, phone, direction and a random part in hex", () => {
  const hexOf = (wamid: string) => Buffer.from(wamid.slice("wamid.".length), "base64").toString("hex");
  const phone = Buffer.from("16503879439").toString("hex");
  const sent = hexOf(wamidOf("seed", 1, "16503879439", "business"));
  expect(sent.startsWith(`1c180b${phone}1502001118`)).toBe(true);
  expect(Buffer.from(sent, "hex").subarray(20, -1).toString()).toMatch(/^[0-9A-F]{18}$/);
  expect(hexOf(wamidOf("seed", 1, "16503879439", "user")).startsWith(`1c180b${phone}1502001218`)).toBe(true);
});

test("the demo number's identity follows from the secret alone", () => {
  const identity = sandboxIdentity("a".repeat(64));
  expect(sandboxIdentity("a".repeat(64))).toEqual(identity);
  expect(sandboxIdentity("b".repeat(64)).token).not.toBe(identity.token);
  expect(sandboxIdentity("a".repeat(64), 1)).toMatchObject({ accountId: identity.accountId });
  expect(sandboxIdentity("a".repeat(64), 1).phoneNumberId).not.toBe(identity.phoneNumberId);
  expect(identity).toMatchObject({
    phoneNumberId: expect.stringMatching(/^\d{15}$/),
    displayPhone: expect.stringMatching(/^\+1555\d{7}$/),
  });
});
