import type { ContactCard, Media } from "../outgoing-message.ts";

/** A media object: Meta's own id, or a link that Meta fetches. What is undefined is left out of the JSON. */
export const mediaNode = (
  media: Media,
  more: { caption?: string; filename?: string; voice?: boolean } = {},
): object => ({
  ...("id" in media ? { id: media.id } : { link: media.url }),
  ...more,
});

/** A contact card (Cloud API, "Contacts messages"): `formatted_name` and one more part of the name are needed. */
export const cardNode = (card: ContactCard): object => ({
  name: {
    formatted_name: card.name.formatted,
    first_name: card.name.first,
    last_name: card.name.last,
    middle_name: card.name.middle,
    prefix: card.name.prefix,
    suffix: card.name.suffix,
  },
  phones: card.phones?.map(({ waId, ...phone }) => ({ ...phone, wa_id: waId })),
  emails: card.emails,
  addresses: card.addresses?.map(({ countryCode, ...address }) => ({ ...address, country_code: countryCode })),
  urls: card.urls,
  org: card.organisation,
  birthday: card.birthday,
});
