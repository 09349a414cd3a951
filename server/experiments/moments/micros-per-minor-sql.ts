import { type SQL, sql } from "drizzle-orm";
import { microsPerMinor, unusualCurrencies } from "#flow/minor-units.ts";

/** `microsPerMinor` of a column that holds a currency. */
export function microsPerMinorSql(currency: SQL): SQL {
  const cases = unusualCurrencies.map((code) => sql`when ${code} then ${microsPerMinor(code)}::numeric`);
  return sql`(case ${currency} ${sql.join(cases, sql` `)} else 10000 end)`;
}
