import { csatContent } from "../csat.ts";
import { asDrafts, defineStarter, drawGraph, firstName, step } from "./starter.ts";

const autoPay = {
  from: "link",
  kind: "tracked",
  target: "https://bank.example/app/auto-pay",
  validHours: 720,
};

/** A question after each conversation, a person for who was not helped, and a tip the next working day for who was. */
export const csatAndTips = defineStarter({
  id: "csat-and-tips",
  category: "service",
  sampleEvent: { name: "conversation.closed", properties: { queue: "Support" } },
  draw: (tell) =>
    drawGraph(
      {
        purpose: "service",
        reEntry: { mode: "after-days", days: 7 },
      },
      [
        step("trigger", "trigger-event", [0, 0], { event: "conversation.closed", rule: { all: [] } }),
        step(
          "ask",
          "csat",
          [0, 110],
          {
            contents: [
              csatContent("en", "list", "Hello {{first_name}}, how was our help? Pick a score, or write it."),
              csatContent(
                "fr",
                "list",
                "Bonjour {{first_name}}, comment était notre aide ? Choisissez une note, ou écrivez-la.",
              ),
            ],
            values: { first_name: firstName },
            timeout: { amount: 24, unit: "hours" },
          },
          tell("How was it?", "Comment était-ce ?"),
        ),
        step(
          "working-hours",
          "time-window",
          [-1, 590],
          { days: [1, 2, 3, 4, 5], from: "09:00", to: "18:00", outside: "wait" },
          tell("In working hours", "Aux heures ouvrées"),
        ),
        step(
          "tip",
          "send",
          [-1, 700],
          {
            template: "tip_auto_pay",
            values: { first_name: firstName, "link.auto-pay": autoPay },
            answerWithin: { amount: 7, unit: "days" },
          },
          tell("Tip: auto-pay", "Conseil : paiement automatique"),
        ),
        step(
          "thanks",
          "exit",
          [0.1, 590],
          { reason: tell("Thanked for the score", "Remercié pour la note") },
          tell("Nothing more", "Rien de plus"),
        ),
        step(
          "mend",
          "hand-off",
          [1.1, 590],
          {
            queue: "Support",
            priority: "normal",
            note: tell(
              "The customer gave a low score, or wrote something else. Call back and put it right.",
              "Le client a donné une mauvaise note, ou a écrit autre chose. Rappeler et corriger.",
            ),
            timeout: { amount: 2, unit: "days" },
          },
          tell("Put it right", "Corriger"),
        ),
      ],
      [
        ["trigger", "next", "ask"],
        ["ask", "positive", "working-hours"],
        ["ask", "neutral", "thanks"],
        ["ask", "negative", "mend"],
        ["ask", "no-answer", "thanks"],
        ["ask", "unclear", "mend"],
        ["ask", "blocked", "thanks"],
        ["working-hours", "next", "tip"],
        ["tip", "replied", "mend"],
      ],
    ),
  templates: asDrafts([
    {
      name: "tip_auto_pay",
      category: "utility",
      samples: { first_name: "Awa" },
      languages: [
        {
          language: "en",
          header: null,
          body: "Hello {{first_name}}, a tip for your account: with auto-pay your bills are paid on the day they are due. You choose which ones, and you can turn it off again at any time.",
          footer: null,
          buttons: [{ kind: "link", id: "auto-pay", text: "Set up auto-pay" }],
        },
        {
          language: "fr",
          header: null,
          body: "Bonjour {{first_name}}, un conseil pour votre compte : le paiement automatique règle vos factures le jour où elles sont dues. Vous choisissez lesquelles, et vous pouvez l’arrêter à tout moment.",
          footer: null,
          buttons: [{ kind: "link", id: "auto-pay", text: "Paiement automatique" }],
        },
      ],
    },
  ]),
});
