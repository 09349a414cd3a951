"use client";

import { useTranslations } from "use-intl";

/**
 * A reason in a few words. What the provider says by a number says more than our own word for it; of a number that nobody here knows the
 * number is told.
 */
export function useReasonName() {
  const t = useTranslations("dashboard");
  return ({ reason, errorCode }: { reason: string | null; errorCode: number | null }): string => {
    if (errorCode !== null && t.has(`errorCodes.${errorCode}`)) return t(`errorCodes.${errorCode}`);
    const known = reason ?? "provider-refused";
    const name = t.has(`reasonNames.${known}`) ? t(`reasonNames.${known}`) : known;
    return errorCode === null ? name : t("withCode", { name, code: String(errorCode) });
  };
}
