import { asDrafts, defineStarter, drawGraph, firstName, from, money, step } from "./starter.ts";

/** The statement as a PDF, and its breakdown for whoever asks. */
export const accountUpdate = defineStarter({
  id: "account-update",
  category: "accounts",
  sampleEvent: {
    name: "statement.ready",
    properties: {
      period: "October 2026",
      documentUrl: "https://bank.example/statements/october-2026.pdf",
      currency: "XOF",
      income: 185000,
      spending: 96400,
      fees: 1200,
    },
  },
  draw: (say) =>
    drawGraph(
      { purpose: "service", reEntry: { mode: "every-event" }, enrollmentKey: "event.period" },
      [
        step("trigger", "trigger-event", [0, 0], { event: "statement.ready", rule: { all: [] } }),
        step(
          "statement",
          "send",
          [0, 110],
          {
            template: "statement_ready",
            values: { document: from("event.documentUrl"), first_name: firstName, period: from("event.period") },
          },
          say("Statement as a PDF", "Relevé en PDF"),
        ),
        step(
          "breakdown",
          "send",
          [1.25, 350],
          {
            template: "statement_breakdown",
            values: {
              period: from("event.period"),
              income: money("event.income"),
              spending: money("event.spending"),
              fees: money("event.fees"),
            },
          },
          say("Breakdown", "Détail du relevé"),
        ),
        step(
          "question",
          "hand-off",
          [2.3, 430],
          {
            queue: "Support",
            priority: "normal",
            note: say(
              "The customer answered the statement in their own words.",
              "Le client a répondu au relevé avec ses propres mots.",
            ),
            timeout: { amount: 2, unit: "days" },
          },
          say("Answer the question", "Répondre à la question"),
        ),
      ],
      [
        ["trigger", "next", "statement"],
        ["statement", "button:details", "breakdown"],
        ["statement", "replied", "question"],
        ["breakdown", "replied", "question"],
      ],
    ),
  templates: asDrafts([
    {
      name: "statement_ready",
      category: "utility",
      samples: {
        document: "https://bank.example/statements/october-2026.pdf",
        first_name: "Awa",
        period: "October 2026",
      },
      languages: [
        {
          language: "en",
          header: { kind: "document", fileName: "Statement.pdf" },
          body: "Hello {{first_name}}, your account statement for {{period}} is ready. You find it attached as a PDF.",
          footer: null,
          buttons: [{ kind: "quick-reply", id: "details", text: "Details" }],
        },
        {
          language: "fr",
          header: { kind: "document", fileName: "Releve.pdf" },
          body: "Bonjour {{first_name}}, votre relevé de compte pour {{period}} est prêt. Vous le trouvez en pièce jointe au format PDF.",
          footer: null,
          buttons: [{ kind: "quick-reply", id: "details", text: "Détails" }],
        },
      ],
    },
    {
      name: "statement_breakdown",
      category: "utility",
      samples: {
        period: "October 2026",
        income: "185\u00a0000\u00a0F\u00a0CFA",
        spending: "96\u00a0400\u00a0F\u00a0CFA",
        fees: "1\u00a0200\u00a0F\u00a0CFA",
      },
      languages: [
        {
          language: "en",
          header: null,
          body: "Here is your account in {{period}}.\nMoney that came in: {{income}}\nMoney that you spent: {{spending}}\nFees of the bank: {{fees}}\nWrite to us here if anything looks wrong.",
          footer: null,
          buttons: [],
        },
        {
          language: "fr",
          header: null,
          body: "Voici votre compte pour {{period}}.\nTotal des entrées : {{income}}\nTotal de vos dépenses : {{spending}}\nFrais de la banque : {{fees}}\nÉcrivez-nous ici si quelque chose vous étonne.",
          footer: null,
          buttons: [],
        },
      ],
    },
  ]),
});
