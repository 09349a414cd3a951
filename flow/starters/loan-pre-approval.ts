import type { TemplateContent } from "../template.ts";
import {
  asDrafts,
  day,
  defineStarter,
  drawGraph,
  firstName,
  money,
  type StarterTemplate,
  step,
  under,
} from "./starter.ts";

const apply = { from: "link", kind: "tracked", target: "https://bank.example/loans/apply", validHours: 336 };
const offer = {
  first_name: firstName,
  amount: money("event.amount"),
  expires: day("event.expiresAt"),
  "link.apply": apply,
};
const until = (hours: number) => ({
  sources: [{ kind: "event", id: "applied", event: "loan.applied" }],
  timeout: { amount: hours, unit: "hours" },
});
const samples = { first_name: "Diego", amount: "$\u00a04,500,000", expires: "30 November 2026" };

/** A score decides who is asked, two calls to action compete, one reminder follows; a tap on "Call me" opens a call-back. */
export const loanPreApproval = defineStarter({
  id: "loan-pre-approval",
  category: "lending",
  sampleEvent: {
    name: "credit.scored",
    properties: {
      creditScore: 720,
      offerId: "LOAN-2041",
      amount: 450000000,
      currency: "COP",
      expiresAt: "2026-12-31T00:00:00Z",
    },
  },
  draw: (say) =>
    drawGraph(
      {
        purpose: "marketing",
        goal: {
          event: "loan.applied",
          windowHours: 336,
          value: { path: "event.amount", currencyPath: "event.currency" },
        },
        reEntry: { mode: "after-days", days: 30 },
      },
      [
        step("trigger", "trigger-event", [0, 0], { event: "credit.scored", rule: { all: [] } }),
        step(
          "score",
          "condition",
          [0, 100],
          {
            branches: [
              {
                id: "good",
                name: say("650 or more", "650 ou plus"),
                rule: { path: "event.creditScore", op: "gte", value: 650 },
              },
            ],
          },
          say("Is the score high enough?", "Le score suffit-il ?"),
        ),
        step("too-low", "exit", [1, 225], { reason: say("score too low", "score trop bas") }),
        step(
          "split",
          "split",
          [0, 225],
          {
            experimentId: "loan-call-to-action",
            arms: [
              { id: "apply", name: say("Apply now", "Faire ma demande"), weight: 50 },
              { id: "get", name: say("Get a loan", "Obtenir un prêt"), weight: 50 },
            ],
          },
          say("Which words work better?", "Quels mots marchent mieux ?"),
        ),
        step(
          "offer-a",
          "send",
          [-0.55, 350],
          { template: "loan_offer_apply", values: offer },
          say("Offer “Apply now”", "Offre « Faire ma demande »"),
        ),
        step(
          "offer-b",
          "send",
          [0.55, 350],
          { template: "loan_offer_get", values: offer },
          say("Offer “Get a loan”", "Offre « Obtenir un prêt »"),
        ),
        step("wait-1", "wait-until", [0, 670], until(48), say("Two days to apply", "Deux jours pour demander")),
        step(
          "reminder",
          "send",
          [under(1), 790],
          { template: "loan_reminder", values: offer },
          say("Reminder", "Relance"),
        ),
        step("wait-2", "wait-until", [under(1), 1075], until(72), say("Three more days", "Trois jours de plus")),
        step("goal", "goal", [-0.6, 1200], { name: say("Loan applied", "Prêt demandé") }),
        step("no-answer", "exit", [under(2), 1200], { reason: say("no application", "aucune demande") }),
        step(
          "call-back",
          "hand-off",
          [1.5, 670],
          {
            queue: "Loans",
            priority: "normal",
            note: say(
              "The customer asks for a call about the loan offer.",
              "Le client demande un appel au sujet de l’offre de prêt.",
            ),
            timeout: { amount: 2, unit: "days" },
          },
          say("Call back", "Rappeler le client"),
        ),
      ],
      [
        ["trigger", "next", "score"],
        ["score", "good", "split"],
        ["score", "else", "too-low"],
        ["split", "apply", "offer-a"],
        ["split", "get", "offer-b"],
        ["offer-a", "next", "wait-1"],
        ["offer-a", "button:call", "call-back"],
        ["offer-b", "next", "wait-1"],
        ["offer-b", "button:call", "call-back"],
        ["wait-1", "applied", "goal"],
        ["wait-1", "timeout", "reminder"],
        ["reminder", "next", "wait-2"],
        ["reminder", "button:call", "call-back"],
        ["wait-2", "applied", "goal"],
        ["wait-2", "timeout", "no-answer"],
      ],
    ),
  templates: asDrafts([
    offerTemplate("loan_offer_apply", "Apply now", "Faire ma demande"),
    offerTemplate("loan_offer_get", "Get a loan", "Obtenir un prêt"),
    reminder(),
  ]),
});

function offerTemplate(name: string, english: string, french: string): StarterTemplate {
  return {
    name,
    category: "marketing",
    samples,
    languages: [
      content(
        "en",
        "Hello {{first_name}}, good news: you are pre-approved for a loan of up to {{amount}}. There is no paperwork at a branch, and the offer stays open until {{expires}} for you alone.",
        english,
      ),
      content(
        "fr",
        "Bonjour {{first_name}}, bonne nouvelle : vous êtes pré-approuvé pour un prêt allant jusqu’à {{amount}}. Aucun passage en agence n’est nécessaire, et l’offre reste ouverte jusqu’au {{expires}} pour vous seul.",
        french,
      ),
    ],
  };
}

function reminder(): StarterTemplate {
  return {
    name: "loan_reminder",
    category: "marketing",
    samples,
    languages: [
      content(
        "en",
        "Hello {{first_name}}, your pre-approved loan of up to {{amount}} is still waiting for you. The offer ends on {{expires}}, and an adviser gladly answers your questions by phone.",
        "Continue",
      ),
      content(
        "fr",
        "Bonjour {{first_name}}, votre prêt pré-approuvé allant jusqu’à {{amount}} vous attend toujours. L’offre se termine le {{expires}}, et un conseiller répond volontiers à vos questions par téléphone.",
        "Continuer",
      ),
    ],
  };
}

function content(language: "en" | "fr", body: string, action: string): TemplateContent {
  return {
    language,
    header: null,
    body,
    footer:
      language === "en" ? "Reply STOP to receive no more offers." : "Répondez STOP pour ne plus recevoir d’offres.",
    buttons: [
      { kind: "link", id: "apply", text: action },
      { kind: "quick-reply", id: "call", text: language === "en" ? "Call me" : "Appelez-moi" },
    ],
  };
}
