import { createHash } from "node:crypto";

/** The short name of the words somebody agreed to: who was shown the same words agreed to the same thing. */
export const wordingKey = (wording: string): string =>
  createHash("sha256").update(wording, "utf8").digest("hex").slice(0, 12);

/** The same in SQL, of the ledger's column. */
export const wordingKeySql = (column: string): string =>
  `left(encode(sha256(convert_to(${column}, 'UTF8')), 'hex'), 12)`;
