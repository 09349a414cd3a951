/**
 * Why a signal could not be applied, in one line that an operator can read: the message and, from Postgres, the code and the table.
 * Postgres' "detail" and "where" are left out: they may be a kilobyte of the signal itself.
 */
export function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error).slice(0, longest);
  const facts = [fieldOf(error, "code"), fieldOf(error, "table"), fieldOf(error, "column")].filter(
    (fact) => fact !== null,
  );
  // NUL is the one character that Postgres' text cannot hold.
  const message = error.message.replaceAll("\u0000", "").slice(0, longest);
  return facts.length === 0 ? message : `${message} (${facts.join(", ")})`;
}

const longest = 900;

const fieldOf = (error: Error, name: string): string | null => {
  const value: unknown = Reflect.get(error, name);
  return typeof value === "string" ? value : null;
};
