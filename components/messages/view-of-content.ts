import type { FileView, MessageView, OrderView } from "#components/phone/message-view.ts";
import { viewOfRendered } from "#components/phone/view-of-rendered.ts";
import type { MessageRow } from "./messages-table.tsx";

type Content = NonNullable<MessageRow["content"]>;

/** A stored message as it is drawn. Files have no address: only the provider keeps their bytes, for a while. */
export function viewOfContent(content: Content): MessageView {
  const { editedAt, isForwarded, reaction } = content;
  return {
    ...kindOf(content),
    ...(editedAt ? { isEdited: true } : {}),
    ...(isForwarded ? { isForwarded: true } : {}),
    ...(reaction?.emoji ? { reactions: [reaction.emoji] } : {}),
  };
}

function kindOf(content: Content): MessageView {
  const { body, media, location, contacts, form, order, revokedAt, errors } = content;
  if (revokedAt) return { kind: "notice", notice: "deleted" };
  if (media) return { kind: "attached", file: fileOf(media), ...(body ? { caption: body } : {}) };
  if (location) return { kind: "place", place: placeOf(location) };
  if (contacts) return { kind: "people", people: contacts.map(({ name, phones }) => ({ name, detail: phones[0] })) };
  if (form?.answers) return { kind: "answers", title: form.name ?? "", answers: answersOf(form.answers) };
  if (errors && body === "") return { kind: "notice", notice: "unsupported" };
  const { header = null, footer = null, buttons = [], offer, cards, products, list, audio, bill } = content;
  return {
    ...viewOfRendered({
      header,
      body,
      footer,
      buttons,
      ...(list && { list }),
      ...(audio && { audio }),
      ...(bill && { bill }),
    }),
    ...(order && { order: orderOf(order) }),
    ...(offer && { offer }),
    ...(cards && { cards }),
    ...(products && { products }),
  };
}

function fileOf({ kind, id, fileName, isVoice = false }: NonNullable<Content["media"]>): FileView {
  switch (kind) {
    case "audio":
      return { kind, isVoice, seed: id ?? "" };
    case "document":
      return { kind, fileName: fileName ?? "" };
    case "video":
      return { kind };
    default:
      return { kind, alt: "" };
  }
}

const placeOf = ({ latitude, longitude, name, address }: NonNullable<Content["location"]>) => ({
  latitude,
  longitude,
  ...(name ? { name } : {}),
  ...(address ? { address } : {}),
});

/** Question and answer, without the token that only machines read. */
const answersOf = (answers: object) =>
  Object.entries(answers)
    .filter(([label]) => label !== "flow_token")
    .map(([label, value]) => ({ label, value: typeof value === "string" ? value : JSON.stringify(value) }));

/** What a person has put into their cart; the provider tells no reference with it. */
function orderOf({ items }: NonNullable<Content["order"]>): OrderView {
  return {
    reference: "",
    currency: items[0]?.currency ?? "USD",
    status: null,
    items: items.map(({ productId, quantity, price }) => ({ name: productId, quantity, amount: price })),
    sums: [],
    total: items.reduce((sum, { quantity, price }) => sum + quantity * price, 0),
  };
}
