type Given = {
  picturedId: string;
  statementId: string /** By the sandbox's clock, which may run ahead. */;
  now: number;
};

/** One of every kind a business can send, as the API takes it, in the words of a bank. */
export const messageKinds = ({ picturedId, statementId, now }: Given) => ({
  files: [
    {
      type: "text",
      text: {
        body: "Hello *Awa*, your _October_ figures: ~410 000~ ```412 500 F CFA```.\nDetails: https://www.bancodemo.example/october",
        preview_url: true,
      },
    },
    { type: "image", image: { id: picturedId, caption: "Your card has a *new look*." } },
    {
      type: "video",
      video: { link: "https://media.bancodemo.example/how-to-pay.mp4", caption: "How to pay in a shop" },
    },
    { type: "document", document: { id: statementId, filename: "Releve_octobre_2026.pdf", caption: "Your statement" } },
    { type: "audio", audio: { link: "https://media.bancodemo.example/greeting.ogg" } },
  ],
  questions: [
    {
      type: "location",
      location: { latitude: 4.711, longitude: -74.0721, name: "Banco Demo Chapinero", address: "Carrera 13 #57" },
    },
    {
      type: "contacts",
      contacts: [
        {
          name: { formatted_name: "Lucía Torres", first_name: "Lucía" },
          phones: [{ phone: "+57 1 555 0142", type: "WORK" }],
        },
      ],
    },
    {
      type: "interactive",
      interactive: {
        type: "list",
        header: { type: "text", text: "Banco Demo" },
        body: { text: "What would you like to know?" },
        footer: { text: "We answer day and night" },
        action: {
          button: "Options",
          sections: [
            {
              title: "Account",
              rows: [
                { id: "balance", title: "See the balance", description: "Of the account ending 4417" },
                { id: "last", title: "Last transactions", description: "The last five" },
              ],
            },
            { title: "Safety", rows: [{ id: "block", title: "Block the card", description: "Opens a signed link" }] },
          ],
        },
      },
    },
    {
      type: "interactive",
      interactive: {
        type: "cta_url",
        header: { type: "image", image: { id: picturedId } },
        body: { text: "Your instalment is due on 26 November." },
        footer: { text: "Banco Demo" },
        action: { name: "cta_url", parameters: { display_text: "Pay now", url: "https://pay.bancodemo.example/26" } },
      },
    },
    {
      type: "interactive",
      interactive: {
        type: "flow",
        body: { text: "Three questions, and we can tell what we can lend you." },
        action: {
          name: "flow",
          parameters: {
            flow_message_version: "3",
            flow_name: "loan_check",
            flow_cta: "Answer now",
            flow_token: "demo-token",
            flow_action: "navigate",
            flow_action_payload: { screen: "ASK", data: { source: "chat" } },
          },
        },
      },
    },
    {
      type: "interactive",
      interactive: {
        type: "location_request_message",
        body: { text: "Where are you? We find the nearest branch." },
        action: { name: "send_location" },
      },
    },
  ],
  templates: [
    {
      name: "picture_offer",
      language: "en",
      category: "MARKETING",
      components: [
        { type: "LIMITED_TIME_OFFER", limited_time_offer: { text: "Half interest", has_expiration: true } },
        { type: "HEADER", format: "IMAGE", example: { header_handle: ["4::aW"] } },
        { type: "BODY", text: "A loan at half the interest until Sunday, for you alone." },
        {
          type: "BUTTONS",
          buttons: [
            { type: "COPY_CODE", example: "HALF50" },
            {
              type: "URL",
              text: "See the offer",
              url: "https://bancodemo.example/{{1}}",
              example: ["https://bancodemo.example/a"],
            },
          ],
        },
      ],
    },
    {
      name: "sign_in_code",
      language: "en",
      category: "AUTHENTICATION",
      components: [
        { type: "BODY", add_security_recommendation: true },
        { type: "FOOTER", code_expiration_minutes: 10 },
        { type: "BUTTONS", buttons: [{ type: "OTP", otp_type: "COPY_CODE", text: "Copy code" }] },
      ],
    },
  ],
  offers: [
    {
      type: "template",
      template: {
        name: "picture_offer",
        language: { code: "en" },
        components: [
          { type: "header", parameters: [{ type: "image", image: { id: picturedId } }] },
          {
            type: "limited_time_offer",
            parameters: [
              { type: "limited_time_offer", limited_time_offer: { expiration_time_ms: now + 50 * 3_600_000 } },
            ],
          },
          {
            type: "button",
            sub_type: "copy_code",
            index: 0,
            parameters: [{ type: "coupon_code", coupon_code: "HALF50" }],
          },
          { type: "button", sub_type: "url", index: 1, parameters: [{ type: "text", text: "half" }] },
        ],
      },
    },
    {
      type: "template",
      template: {
        name: "sign_in_code",
        language: { code: "en" },
        components: [
          { type: "body", parameters: [{ type: "text", text: "482913" }] },
          { type: "button", sub_type: "url", index: 0, parameters: [{ type: "text", text: "482913" }] },
        ],
      },
    },
    {
      type: "interactive",
      interactive: {
        type: "order_details",
        body: { text: "Your order is ready. Please pay here." },
        action: {
          name: "review_and_pay",
          parameters: {
            reference_id: "BD-2041",
            type: "physical-goods",
            currency: "INR",
            total_amount: { value: 118_000, offset: 100 },
            payment_configuration: "demo",
            order: {
              status: "pending",
              items: [
                { retailer_id: "c1", name: "Metal card", amount: { value: 90_000, offset: 100 }, quantity: 1 },
                { retailer_id: "c2", name: "Card holder", amount: { value: 5_000, offset: 100 }, quantity: 2 },
              ],
              subtotal: { value: 100_000, offset: 100 },
              tax: { value: 18_000, offset: 100 },
            },
          },
        },
      },
    },
    {
      type: "interactive",
      interactive: {
        type: "order_status",
        body: { text: "Your card is on its way." },
        action: { name: "review_order", parameters: { reference_id: "BD-2041", order: { status: "shipped" } } },
      },
    },
    {
      type: "interactive",
      interactive: {
        type: "catalog_message",
        body: { text: "All our cards in one place." },
        action: { name: "catalog_message" },
      },
    },
    {
      type: "interactive",
      interactive: {
        type: "carousel",
        body: { text: "Which card is yours?" },
        action: {
          cards: [0, 1, 2].map((index) => ({
            card_index: index,
            type: "quick_reply",
            header: { type: "image", image: { id: picturedId } },
            body: { text: ["*Blue*, free for ever", "*Gold*, with travel insurance", "*Black*, with a lounge"][index] },
            action: {
              buttons: [{ type: "quick_reply", quick_reply: { id: `card-${index}`, title: "Take this one" } }],
            },
          })),
        },
      },
    },
  ],
});
