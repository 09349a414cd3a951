import type { RunningSandbox } from "./client.fixture.ts";

export const cardTemplate = {
  name: "card_sent",
  language: "en",
  category: "UTILITY",
  components: [{ type: "BODY", text: "Your card is on its way." }],
};

let count = 0;
/** Like `cardTemplate`, by a name nobody has used. */
export const aTemplate = () => ({ ...cardTemplate, name: `card_sent_${++count}` });

const example = { header_handle: ["4::x"] };

/** Templates with every header and button that clients send values for. */
const templates = [
  cardTemplate,
  {
    name: "rich",
    language: "en",
    category: "UTILITY",
    components: [
      { type: "HEADER", format: "TEXT", text: "Dear {{1}}", example: { header_text: ["Zoé"] } },
      {
        type: "BODY",
        text: "You paid {{1}} at the shop on {{2}} with your card, as {{3}} asked.",
        example: { body_text: [["€ 9", "1 May", "you"]] },
      },
      {
        type: "BUTTONS",
        buttons: [
          { type: "QUICK_REPLY", text: "It was me" },
          { type: "URL", text: "See", url: "https://b.test/r/{{1}}", example: ["x"] },
        ],
      },
    ],
  },
  ...(["IMAGE", "VIDEO", "DOCUMENT", "LOCATION"] as const).map((format) => ({
    name: `with_${format.toLowerCase()}`,
    language: "en",
    category: "UTILITY",
    components: [
      { type: "HEADER", format, ...(format === "LOCATION" ? {} : { example }) },
      { type: "BODY", text: "Here it is." },
    ],
  })),
  {
    name: "named",
    language: "en",
    category: "UTILITY",
    parameter_format: "NAMED",
    components: [
      {
        type: "BODY",
        text: "Dear {{first_name}}, your card is on its way.",
        example: { body_text_named_params: [{ param_name: "first_name", example: "Zoé" }] },
      },
    ],
  },
  {
    name: "offer",
    language: "en",
    category: "MARKETING",
    components: [
      { type: "HEADER", format: "IMAGE", example },
      { type: "LIMITED_TIME_OFFER", limited_time_offer: { text: "Ends soon", has_expiration: true } },
      { type: "BODY", text: "A cheaper loan." },
      {
        type: "BUTTONS",
        buttons: [
          { type: "COPY_CODE", example: "LOAN2" },
          { type: "URL", text: "See", url: "https://b.test/o/{{1}}", example: ["x"] },
        ],
      },
    ],
  },
  {
    name: "cards",
    language: "en",
    category: "MARKETING",
    components: [
      { type: "BODY", text: "Two cards for you." },
      {
        type: "CAROUSEL",
        cards: [0, 1].map(() => ({
          components: [
            { type: "HEADER", format: "IMAGE", example },
            { type: "BODY", text: "A card." },
            { type: "BUTTONS", buttons: [{ type: "QUICK_REPLY", text: "This one" }] },
          ],
        })),
      },
    ],
  },
  {
    name: "form",
    language: "en",
    category: "UTILITY",
    components: [
      { type: "BODY", text: "Please tell us more." },
      { type: "BUTTONS", buttons: [{ type: "FLOW", text: "Open", flow_name: "kyc", navigate_screen: "START" }] },
    ],
  },
  {
    name: "shop",
    language: "en",
    category: "MARKETING",
    components: [
      { type: "BODY", text: "See what we have." },
      { type: "BUTTONS", buttons: [{ type: "CATALOG", text: "View catalog" }] },
    ],
  },
  {
    name: "products",
    language: "en",
    category: "MARKETING",
    components: [
      { type: "HEADER", format: "TEXT", text: "For you" },
      { type: "BODY", text: "See what we have." },
      { type: "BUTTONS", buttons: [{ type: "MPM", text: "View items" }] },
    ],
  },
  {
    name: "code",
    language: "en",
    category: "AUTHENTICATION",
    components: [{ type: "BODY" }, { type: "BUTTONS", buttons: [{ type: "OTP", otp_type: "COPY_CODE" }] }],
  },
];

/** Submits `templates`; throws when one of them is not approved. */
export async function submitTemplates(sandbox: RunningSandbox): Promise<void> {
  for (const template of templates) {
    const { body } = await sandbox.createTemplate(template);
    if (body.status !== "APPROVED") throw new Error(`${template.name}: ${JSON.stringify(body)}`);
  }
}
