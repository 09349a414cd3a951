import { randomInt } from "node:crypto";

/** Without letters and digits that look alike on paper. */
const alphabet = "abcdefghjkmnpqrstuvwxyz23456789";
const five = () => Array.from({ length: 5 }, () => alphabet[randomInt(alphabet.length)]).join("");

/** Ten codes of some 49 bits, each of which stands in for the app once. */
export const drawRecoveryCodes = (): string[] => Array.from({ length: 10 }, () => `${five()}-${five()}`);
