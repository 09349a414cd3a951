import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { aSandbox, identity } from "../sandbox.fixture.ts";

let sandbox: Awaited<ReturnType<typeof aSandbox>>;
beforeAll(async () => {
  sandbox = await aSandbox();
  await sandbox.control.call("POST", "schedule", { sent_ms: 0, delivered_ms: 0, read_ms: 0 });
});
afterAll(() => sandbox.remove());

const link = { type: "URL", text: "Read more", url: "https://bank.test/offers" };
const card = (product: string) => ({
  components: [
    { type: "HEADER", format: "IMAGE", example: { header_handle: ["4::x"] } },
    { type: "BODY", text: `Our ${product}.` },
    { type: "BUTTONS", buttons: [{ type: "QUICK_REPLY", text: "Tell me" }, link] },
  ],
});

test("buttons of cards can be tapped, and taps on links are counted in the template's figures", async () => {
  const components = [
    { type: "BODY", text: "New for you." },
    { type: "CAROUSEL", cards: [card("card"), card("loan")] },
  ];
  const created = await sandbox.createTemplate({ name: "offers", language: "en", category: "MARKETING", components });
  expect(created.body).toMatchObject({ status: "APPROVED" });
  const image = { type: "image", image: { link: "https://bank.test/a.png" } };
  const cards = [0, 1].map((card_index) => ({ card_index, components: [{ type: "header", parameters: [image] }] }));
  const template = { name: "offers", language: { code: "en" }, components: [{ type: "carousel", cards }] };
  const sent = await sandbox.send({ to: "+919812345678", type: "template", template });
  const wamid = sent.body.messages?.[0]?.id ?? "";
  await vi.waitFor(() => expect(sandbox.sandbox.statuses.isIdle).toBe(true));
  const tap = (input: object) => sandbox.control.call("POST", "tap", { wamid, ...input });

  const { wamid: reply } = (await tap({ card_index: 1, button_index: 0 })) as { wamid: string };
  expect(sandbox.sandbox.world.messages.get(reply)).toMatchObject({ body: "Tell me", contextWamid: wamid });
  for (const card_index of [0, 1, 1])
    expect(await tap({ card_index, button_index: 1 })).toEqual({ url: "https://bank.test/offers" });
  await expect(tap({ card_index: 2, button_index: 0 })).rejects.toThrow("no such button");

  const account = `v25.0/${identity.accountId}`;
  await sandbox.graph("POST", `${account}?is_enabled_for_insights=true`);
  const now = Math.floor(sandbox.sandbox.clock.now() / 1000);
  const query = `start=${now - 86_400}&end=${now + 60}&template_ids=[${created.body.id}]&metric_types=CLICKED`;
  const figures = await sandbox.graph("GET", `${account}/template_analytics?${query}`);
  expect(figures.body.data?.[0]).toMatchObject({
    data_points: [
      {
        clicked: [
          { type: "quick_reply_button", button_content: "Tell me", count: 1 },
          { type: "url_button", button_content: "Read more", count: 3 },
          { type: "unique_url_button", button_content: "Read more", count: 1 },
        ],
      },
    ],
  });
});
