import { heardWords } from "../message-event.ts";
import type { Rule } from "../rule.ts";
import { defineStarter, drawGraph, firstName, money, step } from "./starter.ts";

/** True when one of the words stands in what the person wrote. */
const heard = (...words: string[]): Rule => ({
  any: words.map((word) => ({ path: "event.words", op: "contains", value: heardWords(word) })),
});

const say = (language: string, body: string, more: object = {}) => ({
  language,
  header: null,
  body,
  footer: null,
  buttons: [],
  list: null,
  ...more,
});
const answers = (...texts: [id: string, text: string][]) => ({
  buttons: texts.map(([id, text]) => ({ kind: "quick-reply", id, text })),
});
const link = (text: string) => ({ buttons: [{ kind: "link", id: "app", text }] });
const app = (validHours: number) => ({
  from: "link",
  kind: "tracked",
  target: "https://bank.example/app",
  validHours,
});

/** Balance at once, transfers by a link into the app, and a person for whatever is not clear. */
export const chatbot = defineStarter({
  id: "chatbot",
  category: "service",
  sampleEvent: { name: "message.received", properties: { text: "Balance" } },
  draw: (tell) =>
    drawGraph(
      { purpose: "service", reEntry: { mode: "after-exit" } },
      [
        step("trigger", "trigger-message", [0, 0], {
          match: "any",
          keywords: [],
          channel: null,
          rule: { all: [] },
        }),
        step(
          "intent",
          "condition",
          [0, 110],
          {
            branches: [
              { id: "balance", name: tell("Balance", "Solde"), rule: heard("balance", "solde", "compte", "account") },
              {
                id: "transfer",
                name: tell("Transfer", "Virement"),
                rule: heard("transfer", "virement", "send money", "envoyer de l'argent"),
              },
            ],
          },
          tell("What do they want?", "Que veut la personne ?"),
        ),
        step(
          "read-balance",
          "webhook",
          [-0.9, 270],
          {
            method: "POST",
            url: "https://core-banking.example/accounts/balance",
            headers: {},
            body: { customerId: "contact.id" },
            timeoutSeconds: 5,
            mapping: { balanceMinor: "balanceMinor", currency: "currency" },
          },
          tell("Read the balance", "Lire le solde"),
        ),
        step(
          "balance",
          "free-message",
          [-1.2, 430],
          {
            contents: [
              say(
                "en",
                "Hello {{first_name}}, you have {{balance}} in your account.",
                answers(["transfer", "Transfer money"], ["agent", "Talk to us"]),
              ),
              say(
                "fr",
                "Bonjour {{first_name}}, vous avez {{balance}} sur votre compte.",
                answers(["transfer", "Faire un virement"], ["agent", "Nous parler"]),
              ),
            ],
            values: {
              first_name: firstName,
              balance: {
                ...money("enrollment.balanceMinor"),
                format: { kind: "money", currencyPath: "enrollment.currency" },
              },
            },
            answerWithin: { amount: 2, unit: "hours" },
          },
          tell("Say the balance", "Donner le solde"),
        ),
        step(
          "step-up",
          "free-message",
          [0.15, 430],
          {
            contents: [
              say(
                "en",
                "Hello {{first_name}}, transfers are made in our app, never in this chat. The link is yours alone and is good for one hour.",
                link("Open the app"),
              ),
              say(
                "fr",
                "Bonjour {{first_name}}, les virements se font dans notre application, jamais dans ce chat. Le lien est à vous seul et vaut une heure.",
                link("Ouvrir l’appli"),
              ),
            ],
            values: { first_name: firstName, "link.app": app(1) },
            answerWithin: { amount: 2, unit: "hours" },
          },
          tell("Link to the app", "Lien vers l’application"),
        ),
        step(
          "agent",
          "hand-off",
          [1.4, 690],
          {
            queue: "Support",
            priority: "normal",
            note: tell(
              "The chatbot did not understand, could not answer, or the customer asked for a person. The whole conversation is above.",
              "Le chatbot n’a pas compris, n’a pas pu répondre, ou le client a demandé une personne. Tout l’échange est au-dessus.",
            ),
            timeout: { amount: 1, unit: "days" },
          },
          tell("A person answers", "Une personne répond"),
        ),
      ],
      [
        ["trigger", "next", "intent"],
        ["intent", "balance", "read-balance"],
        ["intent", "transfer", "step-up"],
        ["intent", "else", "agent"],
        ["read-balance", "ok", "balance"],
        ["read-balance", "failed", "agent"],
        ["balance", "button:transfer", "step-up"],
        ["balance", "button:agent", "agent"],
        ["balance", "replied", "agent"],
        ["balance", "blocked", "agent"],
        ["step-up", "replied", "agent"],
        ["step-up", "blocked", "agent"],
      ],
    ),
  templates: [],
});
