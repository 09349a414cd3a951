import { beforeAll, describe, expect, test } from "vitest";
import type { ContractSubject } from "./channel.contract.ts";
import type { ChannelCalls } from "./channel-calls.ts";
import type { OutgoingMessage } from "./outgoing-message.ts";

const place = ({ connection }: ContractSubject) => ({ connection, signal: AbortSignal.timeout(5_000) });
/** Somebody else than the person of the other tests, and in a conversation with us. */
const phone = "+33698765432";
const waId = phone.slice(1);

const id = "0";
const product = { catalogId: "1", productId: "p" };

/** One message of every kind; a media id is put in by the test. */
const kinds: OutgoingMessage[] = [
  { kind: "text", body: "See https://example.com", hasPreview: true },
  { kind: "image", media: { id }, caption: "Card" },
  { kind: "video", media: { url: "https://example.com/a.mp4" } },
  { kind: "audio", media: { url: "https://example.com/a.ogg" }, isVoice: true },
  { kind: "document", media: { url: "https://example.com/a.pdf" }, fileName: "a.pdf" },
  { kind: "sticker", media: { url: "https://example.com/a.webp" } },
  { kind: "location", latitude: 14.7, longitude: -17.4, name: "Dakar" },
  {
    kind: "contacts",
    contacts: [{ name: { formatted: "Ana B", first: "Ana" }, phones: [{ phone: "+221338000000" }] }],
  },
  { kind: "reaction", wamid: "", emoji: "👍" },
  {
    kind: "buttons",
    body: "Yours?",
    header: { kind: "text", text: "Card" },
    footer: "Bank",
    buttons: [{ id: "yes", title: "Yes" }],
  },
  { kind: "list", body: "Which?", button: "Choose", sections: [{ rows: [{ id: "a", title: "A", description: "B" }] }] },
  { kind: "link", body: "Pay here", label: "Pay", url: "https://example.com/pay" },
  { kind: "location-request", body: "Where are you?" },
  { kind: "contact-request", body: "Your number?" },
  { kind: "address-request", body: "Where do you live?", country: "IN" },
  { kind: "flow", body: "Know your customer", flow: { id: "1" }, label: "Start", token: "t", start: { screen: "A" } },
  { kind: "product", body: "This one", ...product },
  {
    kind: "products",
    header: { kind: "text", text: "Ours" },
    body: "These",
    catalogId: "1",
    sections: [{ title: "All", productIds: ["p"] }],
  },
  { kind: "catalog", body: "All of them" },
  {
    kind: "order",
    body: "Pay",
    order: {
      reference: "A1",
      goods: "digital",
      currency: "INR",
      items: [{ id: "1", name: "Fee", amountMinor: 100, quantity: 1 }],
      taxMinor: 0,
      payment: { configuration: "upi" },
    },
  },
  { kind: "order-status", body: "Done", reference: "A1", status: "completed" },
];

/** What may be said, kind by kind. */
export function describeKinds(subject: () => ContractSubject): void {
  describe("in an open window", () => {
    let wamid = "";
    let mediaId = "";
    beforeAll(async () => {
      wamid = await subject().receive(waId, { type: "text", text: { body: "Hello" } });
      if (subject().unanswered?.includes("uploadMedia")) return;
      const file = { bytes: Buffer.from("png"), mime: "image/png", fileName: "a.png" };
      const uploaded = await subject().channel.uploadMedia(place(subject()), file);
      mediaId = uploaded.outcome === "done" ? uploaded.value.id : "";
    });

    test.each(kinds.map((message) => [message.kind, message] as const))(
      "a message of the kind %s is taken",
      async (kind, message) => {
        const { channel, connection, untaken = [] } = subject();
        if (untaken.includes(kind)) return;
        const sent =
          message.kind === "reaction"
            ? { ...message, wamid }
            : message.kind === "image"
              ? { ...message, media: { id: mediaId } }
              : message;
        const ref = `kind-${kind}`;
        const outgoing = { ref, to: { phone }, message: sent, quotes: wamid };
        const result = await channel.send(connection, outgoing, AbortSignal.timeout(5_000));
        expect(result).toMatchObject({ outcome: "accepted" });
        expect((await subject().taken()).map((each) => each.ref)).toContain(ref);
      },
    );
  });
}

/** What a provider can do beside sending. */
export function describeCalls(subject: () => ContractSubject): void {
  const answers = (name: keyof ChannelCalls): boolean => !subject().unanswered?.includes(name);

  test("a message from a person is marked as read; one that nobody wrote is not", async () => {
    if (!answers("markRead")) return;
    const wamid = await subject().receive(waId, { type: "text", text: { body: "Read me" } });
    const { channel } = subject();
    expect(await channel.markRead(place(subject()), { wamid, isTyping: true })).toEqual({
      outcome: "done",
      value: null,
    });
    expect(await channel.markRead(place(subject()), { wamid: "wamid.none", isTyping: false })).toMatchObject({
      outcome: "refused",
    });
  });

  test("a file that was stored comes back byte for byte, until it is deleted", async () => {
    if (!answers("uploadMedia")) return;
    const { channel } = subject();
    const bytes = Buffer.from(Uint8Array.from({ length: 70_000 }, (_, index) => index % 251));
    const file = { bytes, mime: "image/png", fileName: "é.png" };
    const stored = await channel.uploadMedia(place(subject()), file);
    if (stored.outcome !== "done") throw new Error("The file was not stored.");
    const { id } = stored.value;
    const found = await channel.downloadMedia(place(subject()), { id, mostBytes: 100_000 });
    expect(found).toMatchObject({ outcome: "done", value: { mime: "image/png" } });
    expect(found.outcome === "done" && found.value.bytes.equals(bytes)).toBe(true);
    expect(await channel.downloadMedia(place(subject()), { id, mostBytes: 1000 })).toMatchObject({
      outcome: "refused",
    });
    expect(await channel.deleteMedia(place(subject()), id)).toMatchObject({ outcome: "done" });
    expect(await channel.downloadMedia(place(subject()), { id, mostBytes: 100_000 })).toMatchObject({
      outcome: "refused",
    });
  });

  test("a file of a kind that the provider does not take is refused", async () => {
    if (!answers("uploadMedia")) return;
    const file = { bytes: Buffer.from("MZ"), mime: "application/x-msdownload", fileName: "a.exe" };
    expect(await subject().channel.uploadMedia(place(subject()), file)).toMatchObject({ outcome: "refused" });
  });

  test("what the business says of itself is read as it was written", async () => {
    if (!answers("writeProfile")) return;
    const { channel } = subject();
    const said = { about: "A bank", email: "a@bank.example", websites: ["https://bank.example"] };
    expect(await channel.writeProfile(place(subject()), said)).toMatchObject({ outcome: "done" });
    expect(await channel.readProfile(place(subject()))).toMatchObject({ outcome: "done", value: said });
  });

  test("who is blocked is listed, until they are let in again", async () => {
    if (!answers("block")) return;
    const { channel } = subject();
    await subject().receive(waId, { type: "text", text: { body: "Rude" } });
    const blocked = async () => {
      const list = await channel.listBlocked(place(subject()), { after: null });
      return list.outcome === "done" ? list.value.items : [];
    };
    expect(await channel.block(place(subject()), [{ phone }])).toEqual({ outcome: "done", value: [phone] });
    expect(await blocked()).toContain(waId);
    expect(await channel.unblock(place(subject()), [{ phone }])).toEqual({ outcome: "done", value: [phone] });
    expect(await blocked()).not.toContain(waId);
  });

  test("a template is made, found, changed and deleted", async () => {
    if (!answers("createTemplate")) return;
    const { channel } = subject();
    const definition = {
      name: "contract_whole",
      language: "en",
      category: "utility" as const,
      variables: "named" as const,
      header: { kind: "text" as const, text: "Your card" },
      body: { text: "Hello {{first_name}}, your new card is on its way.", samples: { first_name: "Ana" } },
      footer: { text: "Bank" },
      buttons: [{ kind: "quick-reply" as const, text: "Help" }],
    };
    const made = await channel.createTemplate(place(subject()), definition);
    if (made.outcome !== "done") throw new Error(`The template was not made: ${made.detail}`);
    const { providerId } = made.value;
    const found = await channel.listTemplates(place(subject()), { after: null, name: definition.name });
    expect(found).toMatchObject({ outcome: "done", value: { items: [{ providerId, language: "en" }] } });
    expect(await channel.deleteTemplate(place(subject()), { name: definition.name, providerId })).toMatchObject({
      outcome: "done",
    });
    expect(await channel.deleteTemplate(place(subject()), { name: definition.name })).toMatchObject({
      outcome: "done",
    });
  });

  test("a wrong token refuses every call as the account's fault", async () => {
    const { channel, connection } = subject();
    const stranger = { connection: { ...connection, token: "wrong" }, signal: AbortSignal.timeout(5_000) };
    const calls = [
      channel.markRead(stranger, { wamid: "w", isTyping: false }),
      channel.uploadMedia(stranger, { bytes: Buffer.from("a"), mime: "image/png", fileName: "a" }),
      channel.downloadMedia(stranger, { id: "1", mostBytes: 10 }),
      channel.readProfile(stranger),
      channel.listBlocked(stranger, { after: null }),
      channel.listTemplates(stranger, { after: null }),
    ];
    for (const result of await Promise.all(calls))
      expect(result).toMatchObject({ outcome: "refused", class: "account" });
  });
}
