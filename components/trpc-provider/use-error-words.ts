"use client";

import { TRPCClientError } from "@trpc/client";
import { useCallback } from "react";
import { useLocale, useTranslations } from "use-intl";
import { secondFactorOf } from "./confirm-link.ts";

const sentences = {
  BAD_REQUEST: "bad-input",
  UNAUTHORIZED: "not-signed-in",
  FORBIDDEN: "not-allowed",
  NOT_FOUND: "not-found",
  CONFLICT: "conflict",
  PAYLOAD_TOO_LARGE: "too-large",
  UNPROCESSABLE_CONTENT: "refused",
  TOO_MANY_REQUESTS: "too-many",
  SERVICE_UNAVAILABLE: "unavailable",
} as const;

/**
 * Says why something failed, in the person's language. The server writes its refusals in English, so only an English screen
 * shows them word for word; any other has one sentence for each kind of refusal. What the server did not mean to say (a fault of
 * ours, a network that is away) is never shown word for word. An Error of our own screens is already in the person's language.
 */
export function useErrorWords(): (error: unknown) => string {
  const t = useTranslations("errors");
  const isEnglish = useLocale().startsWith("en");
  return useCallback(
    (error: unknown) => {
      if (!(error instanceof TRPCClientError)) return error instanceof Error ? error.message : t("network");
      const code: unknown = error.data?.code;
      if (code === undefined) return t("network");
      const known = Object.entries(sentences).find(([name]) => name === code)?.[1];
      if (!known) return t("fault");
      const wanted = secondFactorOf(error);
      if (wanted) return t(`secondFactor.${wanted}`);
      const wrongCode: unknown = error.data?.detail?.code;
      if (typeof wrongCode === "string" && t.has(`code.${wrongCode}`)) return t(`code.${wrongCode}`);
      // zod's list of faults is for developers.
      return isEnglish && known !== "bad-input" ? error.message : t(known);
    },
    [t, isEnglish],
  );
}
