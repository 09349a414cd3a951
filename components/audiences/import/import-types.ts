import type { inferRouterInputs, inferRouterOutputs } from "@trpc/server";
import type { AppRouter } from "#server/router.ts";

type Outputs = inferRouterOutputs<AppRouter>["imports"];

export type FoundImport = Outputs["get"];
export type ImportRow = Outputs["rows"]["rows"][number];
export type PreviewRow = Outputs["preview"]["people"][number];
export type StartInput = inferRouterInputs<AppRouter>["imports"]["start"];
export type Target = StartInput["mapping"][string];
export type Consent = NonNullable<StartInput["consent"]>;
