"use client";

import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useTranslations } from "use-intl";
import { capitalized, readableName } from "#components/flow-words/readable-name.ts";
import { useTRPC } from "#components/trpc-provider/trpc-provider.tsx";
import { consentPurposes } from "#flow/gate/consent.ts";
import { countPath } from "#flow/segment/segment-rule.ts";
import { contactPaths, currencyBeside } from "./known-path.ts";
import { kindOf, type RuleField } from "./value-kind.ts";

const consentStates = ["granted", "withdrawn", "expired"];
const usualDays = 30;

/**
 * What a segment's rule can read: attributes of contacts with a sample and known values, their consents, how often an event came, and the
 * time. Undefined while it is loaded.
 */
export function useContactFields(): RuleField[] | undefined {
  const t = useTranslations("ruleBuilder");
  const own = useTranslations("flowEditor.paths.own");
  const trpc = useTRPC();
  const attributes = useQuery(trpc.contacts.attributes.queryOptions()).data;
  const events = useQuery(trpc.flows.eventNames.queryOptions()).data;
  return useMemo(() => {
    if (!attributes || !events) return undefined;
    const valuesOf = new Map(attributes.map(({ name, values }) => [`contact.${name}`, values ?? undefined]));
    const known = contactPaths(Object.fromEntries(attributes.map(({ name, sample }) => [name, sample])));
    const ofContact = known.map(({ path, source, name, sample }): RuleField => {
      const currency = currencyBeside(path, known);
      const label = own.has(path) ? capitalized(own(path)) : readableName(name);
      return {
        path,
        source,
        sample,
        currency,
        label,
        kind: kindOf(name, sample, currency),
        values: valuesOf.get(path),
      };
    });
    const ofConsent = consentPurposes.map(
      (purpose): RuleField => ({
        path: `consent.${purpose}`,
        source: "consent",
        label: t(`consentFor.${purpose}`),
        kind: "consent",
        sample: "granted",
        values: consentStates,
      }),
    );
    const counted = events.map(
      ({ name }): RuleField => ({
        path: countPath(name, usualDays),
        source: "past",
        label: t("eventCame", { name }),
        kind: "count",
        sample: undefined,
      }),
    );
    const now = { path: "time.now", source: "time", label: capitalized(own("time.now")), kind: "moment" } as const;
    return [...ofContact, ...ofConsent, ...counted, { ...now, sample: undefined }];
  }, [attributes, events, t, own]);
}
