import { expect, test } from "vitest";
import { classOf, mostAttemptsOf } from "#server/channels/meta-cloud/errors.ts";
import { settlementOf } from "./settlement.ts";

/** What becomes of a message that is refused with this code again and again: how often it is called in all, when next, and its end. */
function fateOf(code: number, httpStatus: number) {
  const refusal = {
    class: classOf(code, httpStatus),
    code,
    detail: "",
    retryAfterMs: null,
    mostAttempts: mostAttemptsOf(code),
  };
  const pauses: number[] = [];
  for (let attempts = 1; ; attempts += 1) {
    const settlement = settlementOf({ outcome: "refused", ...refusal }, { attempts, now: 0 });
    if (settlement.kind === "failed") return { calls: attempts, pauses, ends: settlement.reason };
    if (settlement.kind !== "retry") throw new Error(`A refusal cannot be ${settlement.kind}.`);
    if (settlement.pausesChannel)
      return { calls: attempts, pauses: [settlement.notBefore / 1000], ends: "number paused" };
    pauses.push(settlement.notBefore / 1000);
  }
}

const doubling = [2, 4, 8, 16, 32, 64, 128];

test.each<[string, number[], number]>([
  ["the API's service is down", [2], 503],
  ["the service is unavailable", [131016], 503],
  ["the number is in maintenance", [131057], 500],
  ["the server is away for a moment", [133004], 503],
  ["the marketing API synchronises", [134101], 500],
])("%s (%j): eight calls, each pause twice the last", (_, codes, http) => {
  for (const code of codes) expect(fateOf(code, http)).toEqual({ calls: 8, pauses: doubling, ends: "provider-down" });
});

test.each([
  ["an unknown request is tried once more", 1, 400, 2],
  ["something that went wrong is tried three times more", 131000, 500, 4],
])("%s", (_, code, http, calls) => {
  expect(fateOf(code, http)).toEqual({ calls, pauses: doubling.slice(0, calls - 1), ends: "provider-down" });
});

test.each([4, 80007, 80008, 130429, 131048])(
  "a rate limit (%i) makes the number slower and the message wait 4, 16, 64 s",
  (code) => {
    const { calls, pauses, ends } = fateOf(code, 400);
    expect({ calls, first: pauses.slice(0, 6), ends }).toEqual({
      calls: 20,
      first: [4, 16, 64, 256, 1024, 3600],
      ends: "provider-limit",
    });
  },
);

test("the pair's rate (131056) makes only this person wait, 4 to the power of n seconds", () => {
  expect(classOf(131056, 429)).toBe("pair");
  expect(fateOf(131056, 429).pauses.slice(0, 3)).toEqual([4, 16, 64]);
});

test.each([132015, 132016])("a template stopped at the provider (%i) waits for its webhook, not long", (code) => {
  expect(classOf(code, 400)).toBe("stopped");
  expect(fateOf(code, 400)).toMatchObject({ pauses: [2, 4, 8, 16, 32], ends: "template-paused" });
});

test.each<[string, string, number[]]>([
  ["Meta's own cap per person, and its experiments: not again within a day", "provider-capped", [131049, 130472]],
  ["the person has stopped marketing", "consent-withdrawn", [131050]],
  ["the window is closed", "window-closed", [131047]],
  ["the person cannot be reached", "undeliverable", [131026, 131030, 130403, 130497, 137000]],
  [
    "the template is wrong",
    "provider-refused",
    [131063, 132000, 132001, 132005, 132007, 132008, 132012, 132018, 132068, 132069],
  ],
  ["the request is wrong", "provider-refused", [100, 131008, 131009, 131021, 131051, 131052, 131053, 131062, 135000]],
])("%s: one call, then failed as %s (%j)", (_, ends, codes) => {
  for (const code of codes) expect({ code, ...fateOf(code, 400) }).toEqual({ code, calls: 1, pauses: [], ends });
});

test.each([0, 3, 10, 33, 190, 200, 299, 368, 131005, 131031, 131037, 131042, 131045, 131055, 131064, 133010, 134011])(
  "trouble of the account (%i) pauses the number at the first call and keeps the message",
  (code) => expect(fateOf(code, 403)).toEqual({ calls: 1, pauses: [300], ends: "number paused" }),
);

test("the provider's own time is kept, even when it is longer than any of ours", () => {
  const refusal = { class: "throttle" as const, code: 130429, detail: "", retryAfterMs: 86_400_000 };
  expect(settlementOf({ outcome: "refused", ...refusal }, { attempts: 1, now: 0 })).toMatchObject({
    notBefore: 86_400_000,
  });
});
