import { expect, test } from "vitest";
import { readCall } from "./read-call.ts";

const track = { type: "track", userId: "u", event: "paid" };

test.each([
  ["a text", "paid", "not-an-object", ""],
  ["a list", [track], "not-an-object", ""],
  ["no type", { userId: "u" }, "unknown-type", "type"],
  ["an empty message id", { ...track, messageId: "" }, "invalid-message-id", "messageId"],
  ["an id with a fraction", { ...track, userId: 1.5 }, "invalid-user-id", "userId"],
  ["a name of blanks", { ...track, event: "  " }, "invalid-name", "event"],
  ["properties that are a list", { ...track, properties: [] }, "invalid-properties", "properties"],
  ["context that is false", { ...track, context: false }, "invalid-context", "context"],
  ["a day that is none", { ...track, sentAt: "yesterday" }, "invalid-timestamp", "sentAt"],
  ["two faults, of which the first is named", { ...track, sentAt: "x", groupId: {} }, "invalid-user-id", "groupId"],
])("%s is refused by name", (_, item, reason, path) => {
  expect(readCall(item)).toEqual({ fault: { reason, path } });
});

test("null is the same as not given, a whole number is an id, a name is trimmed, and objects are not copied", () => {
  const properties = { amount: 1 };
  const read = readCall({ type: "track", messageId: null, userId: 7, event: " paid ", properties, timestamp: null });
  expect(read).toMatchObject({ call: { messageId: undefined, userId: "7", event: "paid", timestamp: undefined } });
  expect("call" in read && read.call.properties).toBe(properties);
});
