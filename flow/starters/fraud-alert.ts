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

const handOff = (note: string) => ({ queue: "Fraud", priority: "urgent", note, timeout: { amount: 1, unit: "days" } });

/** Asks at once, at any hour and before everything else; "Not me" blocks the card and brings a person. */
export const fraudAlert = defineStarter({
  id: "fraud-alert",
  category: "security",
  sampleEvent: {
    name: "fraud.suspected",
    properties: {
      transactionId: "TX-90233",
      amount: 18900,
      currency: "EUR",
      merchant: "Électro Lyon",
      cardLast4: "4417",
      riskScore: 91,
    },
  },
  draw: (say) =>
    drawGraph(
      { purpose: "fraud", reEntry: { mode: "every-event" }, enrollmentKey: "event.transactionId" },
      [
        step("trigger", "trigger-event", [0, 0], { event: "fraud.suspected", rule: { all: [] } }),
        step(
          "ask",
          "send",
          [0, 110],
          {
            template: "fraud_alert",
            values: {
              first_name: firstName,
              amount: money("event.amount"),
              merchant,
              card_last4: from("event.cardLast4"),
            },
          },
          say("Was it you?", "Était-ce vous ?"),
        ),
        step(
          "wait",
          "wait",
          [0, 420],
          { mode: "duration", duration: { amount: 30, unit: "minutes" } },
          say("Half an hour to answer", "Une demi-heure pour répondre"),
        ),
        step(
          "no-answer",
          "hand-off",
          [0, 540],
          handOff(
            say(
              "No answer for 30 minutes: call the customer.",
              "Aucune réponse depuis 30 minutes : appelez le client.",
            ),
          ),
          say("Call: no answer", "Appeler : sans réponse"),
        ),
        step("was-me", "exit", [2.2, 400], { reason: say("customer confirmed", "le client a confirmé") }),
        step("block-card", "webhook", [1.25, 400], blockCard, say("Block the card", "Bloquer la carte")),
        step(
          "card-blocked",
          "send",
          [1.25 + under(-1), 560],
          {
            template: "card_blocked",
            values: { first_name: firstName, card_last4: from("event.cardLast4") },
          },
          say("Your card is blocked", "Votre carte est bloquée"),
        ),
        step(
          "blocked",
          "hand-off",
          [1.25 + under(-1), 800],
          handOff(
            say(
              "Not the customer's payment. The card is blocked: call and re-issue it.",
              "Ce paiement n’est pas celui du client. La carte est bloquée : appelez et remplacez-la.",
            ),
          ),
          say("Call: card blocked", "Appeler : carte bloquée"),
        ),
        step(
          "not-blocked",
          "hand-off",
          [2.2, 560],
          handOff(
            say(
              "Not the customer's payment. The card could NOT be blocked: block it by hand, then call.",
              "Ce paiement n’est pas celui du client. La carte n’a PAS pu être bloquée : bloquez-la à la main, puis appelez.",
            ),
          ),
          say("Call: card NOT blocked", "Appeler : carte NON bloquée"),
        ),
        step(
          "unreachable",
          "hand-off",
          [1.25, 220],
          handOff(
            say(
              "The alert could not be delivered on WhatsApp: call the customer.",
              "L’alerte n’a pas pu être remise sur WhatsApp : appelez le client.",
            ),
          ),
          say("Call: not on WhatsApp", "Appeler : injoignable ici"),
        ),
      ],
      [
        ["trigger", "next", "ask"],
        ["ask", "next", "wait"],
        ["ask", "button:me", "was-me"],
        ["ask", "button:not-me", "block-card"],
        ["ask", "failed", "unreachable"],
        ["ask", "blocked", "unreachable"],
        ["wait", "next", "no-answer"],
        ["block-card", "ok", "card-blocked"],
        ["block-card", "failed", "not-blocked"],
        ["card-blocked", "next", "blocked"],
      ],
    ),
  templates: asDrafts([
    {
      name: "fraud_alert",
      category: "utility",
      samples: { first_name: "Camille", amount: "189,00\u00a0€", merchant: "Électro Lyon", card_last4: "4417" },
      languages: [
        {
          language: "en",
          header: { kind: "text", text: "Did you make this payment?" },
          body: "Hello {{first_name}}, we have just stopped a payment of {{amount}} at {{merchant}} with your card ending in {{card_last4}}. Please tell us whether it was you.",
          footer: "We never ask for your PIN or a code.",
          buttons: [
            { kind: "quick-reply", id: "me", text: "It was me" },
            { kind: "quick-reply", id: "not-me", text: "Not me" },
          ],
        },
        {
          language: "fr",
          header: { kind: "text", text: "Avez-vous fait ce paiement ?" },
          body: "Bonjour {{first_name}}, nous venons d’arrêter un paiement de {{amount}} chez {{merchant}} avec votre carte se terminant par {{card_last4}}. Dites-nous s’il vous plaît si c’était bien vous.",
          footer: "Nous ne demandons jamais votre code.",
          buttons: [
            { kind: "quick-reply", id: "me", text: "C’était moi" },
            { kind: "quick-reply", id: "not-me", text: "Pas moi" },
          ],
        },
      ],
    },
    {
      name: "card_blocked",
      category: "utility",
      samples: { first_name: "Camille", card_last4: "4417" },
      languages: [
        {
          language: "en",
          header: null,
          body: "Hello {{first_name}}, thank you for telling us. Your card ending in {{card_last4}} is blocked and nothing more can be charged to it. An agent contacts you in a few minutes.",
          footer: null,
          buttons: [],
        },
        {
          language: "fr",
          header: null,
          body: "Bonjour {{first_name}}, merci de nous avoir prévenus. Votre carte se terminant par {{card_last4}} est bloquée et plus rien ne peut y être débité. Un agent vous contacte dans quelques minutes.",
          footer: null,
          buttons: [],
        },
      ],
    },
  ]),
});
