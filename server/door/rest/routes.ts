import { consentRoutes } from "./consent-routes.ts";
import { contactRoutes } from "./contact-routes.ts";
import type { Route } from "./define-route.ts";
import { enrollmentRoutes } from "./enrollment-routes.ts";
import { eventRoutes } from "./event-routes.ts";
import { flowRoutes } from "./flow-routes.ts";
import { messageRoutes } from "./message-routes.ts";

/** The whole REST API. */
export const routes: Route[] = [
  ...eventRoutes,
  ...contactRoutes,
  ...consentRoutes,
  ...flowRoutes,
  ...messageRoutes,
  ...enrollmentRoutes,
];

/** The route of a request, its parameters decoded; null when there is none. */
export function findRoute(method: string, pathname: string): { route: Route; params: Record<string, string> } | null {
  const parts = pathname.split("/");
  for (const route of routes) {
    const params = route.method === method ? matchPath(route.path.split("/"), parts) : null;
    if (params) return { route, params };
  }
  return null;
}

function matchPath(pattern: string[], parts: string[]): Record<string, string> | null {
  if (pattern.length !== parts.length) return null;
  const params: Record<string, string> = {};
  for (const [index, expected] of pattern.entries()) {
    const part = parts[index] ?? "";
    if (!expected.startsWith("{")) {
      if (expected !== part) return null;
      continue;
    }
    try {
      params[expected.slice(1, -1)] = decodeURIComponent(part);
    } catch {
      return null;
    }
  }
  return params;
}
