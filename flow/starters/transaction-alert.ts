import {
  asDrafts,
  blockCard,
  defineStarter,
  drawGraph,
  firstName,
  from,
  merchant,
  money,
  step,
  under,
} from "./starter.ts";

const handOff = (queue: string, priority: "normal" | "urgent", note: string) => ({
  queue,
  priority,
  note,
  timeout: { amount: 1, unit: "days" },
});

/** Tells of each card payment at once; "Fraud" blocks the card and opens an urgent hand-off. */
export const transactionAlert = defineStarter({
  id: "transaction-alert",
  category: "accounts",
  sampleEvent: {
    name: "transaction.processed",
    properties: {
      transactionId: "TX-88121",
      amount: 25000,
      currency: "XOF",
      merchant: "Carrefour Dakar",
      cardLast4: "4417",
      balance: 184300,
    },
  },
  draw: (say) =>
    drawGraph(
      {
        purpose: "transaction",
        reEntry: { mode: "every-event" },
        enrollmentKey: "event.transactionId",
        dropAfterMinutes: 60,
      },
      [
        step("trigger", "trigger-event", [0, 0], { event: "transaction.processed", rule: { all: [] } }),
        step(
          "alert",
          "send",
          [0, 110],
          {
            template: "transaction_alert",
            values: {
              first_name: firstName,
              amount: money("event.amount"),
              merchant,
              card_last4: from("event.cardLast4"),
              balance: money("event.balance"),
            },
          },
          say("Payment alert", "Alerte de paiement"),
        ),
        step("block-card", "webhook", [1.25, 370], blockCard, say("Block the card", "Bloquer la carte")),
        step(
          "blocked",
          "hand-off",
          [1.25 + under(-1), 530],
          handOff(
            "Fraud",
            "urgent",
            say(
              "The customer says this payment was not theirs. The card is blocked.",
              "Le client dit que ce paiement n’est pas le sien. La carte est bloquée.",
            ),
          ),
          say("Fraud: card blocked", "Fraude : carte bloquée"),
        ),
        step(
          "not-blocked",
          "hand-off",
          [2.05, 530],
          handOff(
            "Fraud",
            "urgent",
            say(
              "The customer says this payment was not theirs. The card could NOT be blocked: block it by hand.",
              "Le client dit que ce paiement n’est pas le sien. La carte n’a PAS pu être bloquée : bloquez-la à la main.",
            ),
          ),
          say("Fraud: card NOT blocked", "Fraude : carte NON bloquée"),
        ),
        step(
          "question",
          "hand-off",
          [1.25, 190],
          handOff(
            "Support",
            "normal",
            say(
              "The customer answered a payment alert in their own words.",
              "Le client a répondu à une alerte de paiement avec ses propres mots.",
            ),
          ),
          say("Answer the question", "Répondre à la question"),
        ),
      ],
      [
        ["trigger", "next", "alert"],
        ["alert", "button:fraud", "block-card"],
        ["alert", "replied", "question"],
        ["block-card", "ok", "blocked"],
        ["block-card", "failed", "not-blocked"],
      ],
    ),
  templates: asDrafts([
    {
      name: "transaction_alert",
      category: "utility",
      samples: {
        first_name: "Awa",
        amount: "25\u00a0000\u00a0F\u00a0CFA",
        merchant: "Carrefour Dakar",
        card_last4: "4417",
        balance: "184\u00a0300\u00a0F\u00a0CFA",
      },
      languages: [
        {
          language: "en",
          header: null,
          body: "Hello {{first_name}}, {{amount}} was paid at {{merchant}} with your card ending in {{card_last4}}. Your balance is now {{balance}}. Tap Fraud at once if this payment was not yours.",
          footer: null,
          buttons: [{ kind: "quick-reply", id: "fraud", text: "Fraud" }],
        },
        {
          language: "fr",
          header: null,
          body: "Bonjour {{first_name}}, {{amount}} ont été payés chez {{merchant}} avec votre carte se terminant par {{card_last4}}. Votre solde est maintenant de {{balance}}. Touchez Fraude tout de suite si ce paiement n’est pas le vôtre.",
          footer: null,
          buttons: [{ kind: "quick-reply", id: "fraud", text: "Fraude" }],
        },
      ],
    },
  ]),
});
