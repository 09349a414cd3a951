import { expect, test } from "vitest";
import { productSections } from "./product-list.ts";

const ids = (count: number) => Array.from({ length: count }, (_, index) => `p${index}`);

test.each<[string, string, ReturnType<typeof productSections>]>([
  ["one product", "gold", [{ title: null, productIds: ["gold"] }]],
  ["several", "gold, black,platinum", [{ title: null, productIds: ["gold", "black", "platinum"] }]],
  [
    "two sections",
    "Cards: gold, black; Savings: a-1",
    [
      { title: "Cards", productIds: ["gold", "black"] },
      { title: "Savings", productIds: ["a-1"] },
    ],
  ],
  ["a semicolon at the end", "Cards: gold;", [{ title: "Cards", productIds: ["gold"] }]],
  ["an id with a colon", "shop:12, shop:13", [{ title: null, productIds: ["shop:12", "shop:13"] }]],
  ["thirty", ids(30).join(), [{ title: null, productIds: ids(30) }]],
  ["thirty-one", ids(31).join(), null],
  ["none", " ", null],
  ["a section without products", "Cards: ; Savings: a-1", null],
  ["two sections and one title", "gold; Savings: a-1", null],
  ["a title of 24", `${"T".repeat(24)}: a`, [{ title: "T".repeat(24), productIds: ["a"] }]],
  ["a title of 25", `${"T".repeat(25)}: a`, null],
  [
    "ten sections",
    ids(10)
      .map((id) => `${id}: ${id}`)
      .join(";"),
    ids(10).map((id) => ({ title: id, productIds: [id] })),
  ],
  [
    "eleven sections",
    ids(11)
      .map((id) => `${id}: ${id}`)
      .join(";"),
    null,
  ],
])("%s", (_, list, sections) => expect(productSections(list)).toEqual(sections));
