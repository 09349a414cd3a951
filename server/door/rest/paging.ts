import { z } from "zod";

/** Newest first. `after` is the opaque cursor of the last answer; a page is cut by id, so new rows never shift it. */
export const Paging = z.strictObject({
  limit: z.coerce.number().int().min(1).max(200).default(50).meta({ description: "Rows per page." }),
  after: z
    .string()
    .max(100)
    .transform((cursor, context) => {
      const id = Buffer.from(cursor, "base64url").toString("utf8");
      if (z.uuid().safeParse(id).success) return id;
      context.addIssue({
        code: "custom",
        message: "This cursor is not one of ours; take it from paging.cursors.after.",
      });
      return z.NEVER;
    })
    .optional()
    .meta({ description: "paging.cursors.after of the page before." }),
});

export const pageOf = <Item extends z.ZodType>(item: Item) =>
  z.strictObject({
    data: z.array(item),
    paging: z.strictObject({
      cursors: z.strictObject({ after: z.string().nullable().meta({ description: "Null on the last page." }) }),
    }),
  });

/** Cuts a page out of rows that were read with `limit + 1`. */
export function toPage<Row extends { id: string }>(rows: Row[], limit: number) {
  const data = rows.slice(0, limit);
  const last = rows.length > limit ? data.at(-1) : undefined;
  return {
    data,
    paging: { cursors: { after: last ? Buffer.from(last.id).toString("base64url") : null } },
  };
}
