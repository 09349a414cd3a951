import type { channel } from "#db/schema/index.ts";
import { unseal } from "#server/secret.ts";
import type { Connection } from "./channel.ts";

type ChannelRow = Pick<
  typeof channel.$inferSelect,
  | "id"
  | "workspaceId"
  | "baseUrl"
  | "phoneNumberId"
  | "accountId"
  | "tokenSealed"
  | "appSecretSealed"
  | "verifyTokenSealed"
> & { marketingEndpoint?: (typeof channel.$inferSelect)["marketingEndpoint"] };

/** Where each secret of a channel is sealed to: a sealed value copied to another channel or field does not open. */
export const secretPlace = (
  row: { id: string; workspaceId: string },
  field: "token" | "app-secret" | "verify-token",
): string => `${row.workspaceId}:${row.id}:${field}`;

/** The connection of a stored channel, its secrets in plain. Throws when a secret was sealed with another key or for another row. */
export function openConnection(secret: string, row: ChannelRow): Connection {
  return {
    channelId: row.id,
    baseUrl: row.baseUrl,
    phoneNumberId: row.phoneNumberId,
    accountId: row.accountId,
    token: unseal(secret, secretPlace(row, "token"), row.tokenSealed),
    appSecret: unseal(secret, secretPlace(row, "app-secret"), row.appSecretSealed),
    verifyToken: unseal(secret, secretPlace(row, "verify-token"), row.verifyTokenSealed),
    ...(row.marketingEndpoint && {
      marketing: { fallsBack: row.marketingEndpoint === "fallback", sharesActivity: false },
    }),
  };
}
