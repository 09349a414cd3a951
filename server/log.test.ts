import { expect, test } from "vitest";
import { safeText } from "./log.ts";

test.each([
  [
    "drizzle's values",
    "Failed query: select * from contact where phone = $1\nparams: +14155550137,Zéphyrine",
    "Failed query: select * from contact where phone = $1",
  ],
  [
    "a quoted value of Postgres",
    'error: invalid input syntax for type uuid: "Zéphyrine O"Neill"',
    'error: invalid input syntax for type uuid: "…"',
  ],
  [
    "a constraint's name stays",
    'duplicate key value violates unique constraint "contact_phone"',
    'duplicate key value violates unique constraint "contact_phone"',
  ],
  [
    "JSON that is none",
    `SyntaxError: Unexpected token 'Z', "Zéphyrine" is not valid JSON`,
    "SyntaxError: Unexpected token … is not valid JSON",
  ],
  ["an address", "550 canary@zephyr.example: no such user", "550 …@…: no such user"],
  ["a phone", "131026 (to +14155550137): not on WhatsApp", "131026 (to …): not on WhatsApp"],
  ["a phone as people write it", "call +33 6 12 34 56 78 now", "call … now"],
  ["a card number", "no such card 4539 5787 6362 1486", "no such card …"],
  [
    "an id stays",
    "flow 019b76da-a800-7012-8489-481234567890 is gone",
    "flow 019b76da-a800-7012-8489-481234567890 is gone",
  ],
  [
    "ports, codes and times stay",
    "connect ECONNREFUSED 127.0.0.1:5432 (57P01) after 20000 ms",
    "connect ECONNREFUSED 127.0.0.1:5432 (57P01) after 20000 ms",
  ],
])("of an error's text, %s", (_, text, safe) => expect(safeText(text)).toBe(safe));
