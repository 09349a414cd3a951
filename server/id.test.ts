import { expect, test } from "vitest";
import { newId, shardOf } from "./id.ts";

// Rows carry these numbers: another formula would let two workers write one person at once.
test.each([
  ["", "a", 32],
  ["w1", "c1", 123],
  ["w1", "c2", 2],
  ["w2", "c1", 210],
  ["019b76da-a800-7c83-83e4-e54c9ce6ff20", "01a20353-9b45-7332-aafb-608b52d2463c", 98],
])("the shard of %s and %s never changes", (workspaceId, contactId, shard) => {
  expect(shardOf(workspaceId, contactId)).toBe(shard);
});

test("every contact falls into one of 256 shards, and all of them are used", () => {
  const shards = new Set(Array.from({ length: 20_000 }, () => shardOf("w", newId())));
  expect([...shards].every((shard) => Number.isInteger(shard) && shard >= 0 && shard < 256)).toBe(true);
  expect(shards.size).toBe(256);
});

test("ids made one after the other ascend, also within a millisecond and beyond a refill of random bytes", () => {
  const ids = Array.from({ length: 5_000 }, newId);
  expect(ids).toEqual(ids.toSorted());
  expect(new Set(ids).size).toBe(5_000);
  expect(ids.every((id) => /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(id))).toBe(
    true,
  );
});
