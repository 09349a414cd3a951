import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestDoor, post, type TestDoor } from "../test-door.ts";

let door: TestDoor;
beforeAll(async () => {
  door = await openTestDoor(mkdtempSync(path.join(tmpdir(), "door-")));
});
afterAll(() => door.close());

const rarely = <T, R>(usual: fc.Arbitrary<T>, rare: fc.Arbitrary<R>) =>
  fc.oneof({ weight: 40, arbitrary: usual }, { weight: 1, arbitrary: rare });

/** Text of every kind, our own key words among it; now and then NUL, half pairs and keys that are attacks. */
const text = rarely(
  fc.oneof(
    fc.string({ unit: "grapheme" }).map((string) => string.replaceAll("\0", "")),
    fc.constantFrom(
      "constructor",
      "prototype",
      "",
      "a.b",
      "1e400",
      "2026-13-45",
      "whatsappConsent",
      "\u2028",
      "\\u0000",
    ),
  ),
  fc.oneof(fc.string({ unit: fc.nat(0xffff).map((code) => String.fromCharCode(code)) }), fc.constant("__proto__")),
);
const number = rarely(fc.oneof(fc.double({ min: -1e15, max: 1e15, noNaN: true }), fc.integer()), fc.double());
const json = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.oneof(text, number, fc.boolean(), fc.constant(null)),
    fc.array(tie("value"), { maxLength: 4 }),
    fc.dictionary(text, tie("value"), { maxKeys: 4 }),
  ),
})).value;
const object = fc.dictionary(text, json, { maxKeys: 5 });
const id = rarely(fc.constantFrom("u1", "u2", "u3"), json);
const moment = rarely(
  fc.oneof(
    fc.date({ min: new Date(0), max: new Date("9999-01-01"), noInvalidDate: true }).map((date) => date.toISOString()),
    fc.integer({ min: 0 }),
  ),
  text,
);
const trait = fc.record(
  {
    phone: fc.oneof(text, fc.constant("77 123 45 67")),
    email: text,
    firstName: text,
    locale: text,
    timezone: text,
    whatsappConsent: json,
    score: json,
  },
  { requiredKeys: [] },
);

/** Mostly right, so that much of it gets past the checks and has to be stored. */
const call = fc.record(
  {
    type: rarely(fc.constantFrom("track", "identify", "page", "screen", "group", "alias"), json),
    userId: id,
    anonymousId: id,
    previousId: fc.constant("before"),
    groupId: fc.constant("group"),
    event: rarely(fc.constant("Something Happened"), json),
    name: rarely(fc.constantFrom("Home", "Prêts"), text),
    properties: object,
    traits: fc.oneof(trait, object),
    context: fc.oneof(
      fc.record({ consent: fc.record({ categoryPreferences: fc.record({ service: json, marketing: fc.boolean() }) }) }),
      object,
    ),
    timestamp: moment,
    sentAt: moment,
  },
  { requiredKeys: ["type", "userId", "previousId", "groupId", "event"] },
);

test("whatever JSON comes, each item is either stored or refused with a reason, and nothing reaches the database that it refuses", async () => {
  let batches = 0;
  const property = fc.asyncProperty(
    fc.array(rarely(call, json), { minLength: 20, maxLength: 60, size: "max" }),
    async (items) => {
      const prefix = `any-${++batches}-`;
      const batch = items.map((item, index) =>
        typeof item === "object" && item !== null && "type" in item ? { ...item, messageId: prefix + index } : item,
      );
      const { status, body } = await post(`${door.url}/v1/batch`, door.tenant.writeKey, { batch });
      expect(status).toBe(200);
      const rejected = body.rejected as { index: number; reason: string }[];
      expect(rejected.map((refusal) => refusal.reason)).not.toContain("not-storable");
      const { rows } = await door.database.pool.query("select count(*)::int as n from event where message_id like $1", [
        `${prefix}%`,
      ]);
      expect(rows[0]).toEqual({ n: items.length - rejected.length });
    },
  );
  await fc.assert(property, { numRuns: 25 });
});
