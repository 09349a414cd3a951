import { expect, test } from "vitest";
import { withFixedSpaces } from "./fixed-spaces.ts";

test.each([
  ["Qui entre ?", "Qui entre\u00a0?"],
  ["par « bloqué » : rien ; tout !", "par «\u00a0bloqué\u00a0»\u00a0: rien\u00a0; tout\u00a0!"],
  ["{count, plural, one {# ajout} other {# ajouts}}", "{count, plural, one {# ajout} other {# ajouts}}"],
])("%s", (written, shown) => {
  expect(withFixedSpaces({ screen: { title: written } })).toEqual({ screen: { title: shown } });
});
