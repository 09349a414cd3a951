import { Secret, TOTP, URI } from "otpauth";
import { expect, test } from "vitest";
import { codeOfStep, currentStep, enrollmentUri, stepOfCode, typedSecret } from "./one-time-code.ts";

const secret = "Zk3u9QwErTyUiOpAsDfGhJkLzXcVbNm1";
const now = new Date("2026-11-22T10:00:15Z");
const app = new TOTP({ secret: Secret.fromBase32(typedSecret(secret)) });
const codeAt = (seconds: number) => app.generate({ timestamp: now.getTime() + seconds * 1000 });

test.each([
  ["the code of now counts", 0, 0],
  ["a phone half a minute behind", -30, -1],
  ["a phone half a minute ahead", 30, 1],
  ["a minute old is too old", -60, null],
  ["a minute ahead is too far", 60, null],
])("%s", (_, seconds, expected) => {
  const step = stepOfCode(secret, codeAt(seconds), now);
  expect(step).toBe(expected === null ? null : currentStep(now) + expected);
});

test.each(["", "12345", "1234567", "abcdef", "９９９９９９"])("%j is no code", (code) => {
  expect(stepOfCode(secret, code, now)).toBeNull();
});

test("the codes are those of RFC 6238's appendix", () => {
  // Appendix B, SHA-1: 59 s and 1111111109 s, the last six of eight digits.
  expect([codeOfStep("12345678901234567890", 1), codeOfStep("12345678901234567890", 37_037_036)]).toEqual([
    "287082",
    "081804",
  ]);
});

test("an app that scans the picture makes the same codes", () => {
  const scanned = URI.parse(enrollmentUri(secret, "awa+1@demo.test"));
  expect(scanned).toMatchObject({ issuer: "Chasqui", label: "awa+1@demo.test" });
  expect(scanned instanceof TOTP && scanned.generate({ timestamp: now.getTime() })).toBe(codeAt(0));
});
