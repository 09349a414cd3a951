import { expect, test } from "vitest";
import { languageOf } from "./languages.ts";

test.each([
  ["the choice made on this browser wins", "fr", "en-GB,en;q=0.9", "fr"],
  ["a choice we do not speak is none", "de", "fr-CA", "fr"],
  ["a French browser reads French", undefined, "fr-CA,fr;q=0.9,en;q=0.8", "fr"],
  ["the heavier wish wins, wherever it stands", undefined, "en;q=0.3, fr;q=0.8", "fr"],
  ["the first one we speak counts", undefined, "de-DE,de;q=0.9,fr;q=0.5", "fr"],
  ["nothing we speak is English", undefined, "sw,ha;q=0.9", "en"],
  ["no wish is English", undefined, null, "en"],
  ["rubbish is English", undefined, ";;q=,,=", "en"],
])("%s", (_, chosen, accept, expected) => expect(languageOf(chosen, accept)).toBe(expected));
