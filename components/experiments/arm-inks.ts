/** The colours of arms in pictures, the baseline first: grey, since it is what the others are held against. */
const inks = ["text-tertiary", "text-accent", "text-teal", "text-warning", "text-logic", "text-people"] as const;

export const armInk = (at: number): string => inks[at % inks.length] ?? "text-accent";

/** As much of a name as has room beside a picture. */
export const shortened = (name: string): string => (name.length > 11 ? `${name.slice(0, 10)}…` : name);
