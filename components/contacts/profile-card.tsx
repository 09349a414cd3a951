"use client";

import { useLocale, useTranslations } from "use-intl";
import { Card, CardBody, CardHeader, CardTitle } from "#components/ui/card.tsx";
import { Chip } from "#components/ui/chip.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import type { ContactDetail } from "./contact-frame.tsx";
import { languageName } from "./contacts-table.tsx";

/** What is known of the person, attributes last. */
export function ProfileCard({ contact }: { contact: ContactDetail["contact"] }) {
  const t = useTranslations("contacts");
  const locale = useLocale();
  const attributes = Object.entries(contact.attributes);
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t("profile")}</CardTitle>
      </CardHeader>
      <CardBody className="space-y-4">
        <dl className="grid grid-cols-[132px_1fr] gap-x-3 gap-y-1.5 text-sm">
          <Row label={t("customerId")}>
            <span className="font-mono text-xs">{contact.externalId ?? t("none")}</span>
          </Row>
          <Row label={t("number")}>{contact.phone ?? t("none")}</Row>
          <Row label={t("email")}>{contact.email ?? t("none")}</Row>
          <Row label={t("language")}>{languageName(contact.locale, locale) || t("none")}</Row>
          <Row label={t("zone")}>{contact.timezone ?? t("workspaceZone")}</Row>
          <Row label={t("lastInbound")}>
            {contact.lastInboundAt ? <RelativeTime date={contact.lastInboundAt} /> : t("never")}
          </Row>
        </dl>
        {contact.tags.length > 0 ? (
          <div className="flex flex-wrap gap-1">
            {contact.tags.map((tag) => (
              <Chip key={tag}>{tag}</Chip>
            ))}
          </div>
        ) : null}
        {attributes.length > 0 ? (
          <section>
            <h3 className="mb-1.5 font-medium text-secondary text-sm">{t("attributes")}</h3>
            <dl className="grid grid-cols-[132px_1fr] gap-x-3 gap-y-1.5 text-sm">
              {attributes.map(([name, value]) => (
                <Row key={name} label={<span className="font-mono text-xs">{name}</span>}>
                  {typeof value === "string" ? value : JSON.stringify(value)}
                </Row>
              ))}
            </dl>
          </section>
        ) : null}
      </CardBody>
    </Card>
  );
}

function Row({ label, children }: { label: React.ReactNode; children: React.ReactNode }) {
  return (
    <>
      <dt className="truncate text-secondary">{label}</dt>
      <dd className="min-w-0 [overflow-wrap:anywhere]">{children}</dd>
    </>
  );
}
