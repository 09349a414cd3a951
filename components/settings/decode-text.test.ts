import { expect, test } from "vitest";
import { decodeText } from "./decode-text.ts";

const text = "Téléphone;Motif\n+33612345678;Opposé";
const bytes = (values: Iterable<number>) => Uint8Array.from(values);
const utf16 = (isBig: boolean) => {
  const units = [0xfeff, ...[...text].map((char) => char.charCodeAt(0))];
  return bytes(units.flatMap((unit) => (isBig ? [unit >> 8, unit & 255] : [unit & 255, unit >> 8])));
};

test.each([
  ["UTF-8", bytes(new TextEncoder().encode(text))],
  ["UTF-8 with a byte order mark", bytes([0xef, 0xbb, 0xbf, ...new TextEncoder().encode(text)])],
  ["UTF-16, little end first", utf16(false)],
  ["UTF-16, big end first", utf16(true)],
  ["Windows-1252", bytes([...text].map((char) => char.charCodeAt(0)))],
])("reads %s", (_, file) => expect(decodeText(file)).toBe(text));
