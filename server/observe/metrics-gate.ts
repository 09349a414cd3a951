import { isSameSecret } from "../secret.ts";

/**
 * Who may read metrics: whoever sends `Authorization: Bearer <CHASQUI_METRICS_KEY>`. Without a key set there is nothing at the
 * address (404). Null: come in.
 */
export function refuseMetrics(metricsKey: string | null, authorization: string | null | undefined): 401 | 404 | null {
  if (metricsKey === null) return 404;
  const given = /^Bearer (.+)$/i.exec(authorization ?? "")?.[1] ?? "";
  return isSameSecret(given, metricsKey) ? null : 401;
}

export const metricsContentType = "text/plain; version=0.0.4; charset=utf-8";
