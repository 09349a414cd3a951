import { asDrafts, defineStarter, drawGraph, firstName, from, step, under } from "./starter.ts";

const upload = { from: "link", kind: "upload", validHours: 96 };
const until = (hours: number) => ({
  sources: [{ kind: "event", id: "done", event: "kyc.completed" }],
  timeout: { amount: hours, unit: "hours" },
});
const samples = { first_name: "Aïssatou", missing_document: "proof of address" };

/** Two reminders with a signed upload page, then a person of the onboarding team. */
export const kycReminder = defineStarter({
  id: "kyc-reminder",
  category: "onboarding",
  sampleEvent: { name: "kyc.incomplete", properties: { missing: ["proof of address"], level: 1 } },
  draw: (say) =>
    drawGraph(
      { purpose: "service", goal: { event: "kyc.completed", windowHours: 168 }, reEntry: { mode: "after-exit" } },
      [
        step("trigger", "trigger-event", [0, 0], { event: "kyc.incomplete", rule: { all: [] } }),
        step(
          "first",
          "send",
          [0, 110],
          {
            template: "kyc_reminder_1",
            values: {
              first_name: firstName,
              missing_document: from("event.missing.0", { en: "ID", fr: "pièce d’identité" }),
              "link.upload": upload,
            },
          },
          say("First reminder", "Première relance"),
        ),
        step("wait-1", "wait-until", [0, 400], until(24), say("A day to upload", "Un jour pour envoyer")),
        step(
          "second",
          "send",
          [under(1), 560],
          {
            template: "kyc_reminder_2",
            values: { first_name: firstName, "link.upload": upload },
          },
          say("Second reminder", "Seconde relance"),
        ),
        step("wait-2", "wait-until", [under(1), 850], until(72), say("Three more days", "Trois jours de plus")),
        step("goal", "goal", [-0.6, 1010], { name: say("KYC completed", "KYC terminé") }),
        step(
          "hand-off",
          "hand-off",
          [1.2, 1010],
          {
            queue: "Onboarding",
            priority: "normal",
            note: say(
              "The document is still missing, or the customer asked for help.",
              "Le document manque encore, ou le client a demandé de l’aide.",
            ),
            timeout: { amount: 3, unit: "days" },
          },
          say("Onboarding helps", "L’accueil prend le relais"),
        ),
      ],
      [
        ["trigger", "next", "first"],
        ["first", "next", "wait-1"],
        ["first", "button:help", "hand-off"],
        ["wait-1", "done", "goal"],
        ["wait-1", "timeout", "second"],
        ["second", "next", "wait-2"],
        ["second", "button:help", "hand-off"],
        ["wait-2", "done", "goal"],
        ["wait-2", "timeout", "hand-off"],
      ],
    ),
  templates: asDrafts([
    {
      name: "kyc_reminder_1",
      category: "utility",
      samples,
      languages: [
        {
          language: "en",
          header: null,
          body: "Hello {{first_name}}, we still need your {{missing_document}} to finish opening your account. Send it through our secure page, it takes two minutes.",
          footer: "Never send documents in this chat.",
          buttons: [
            { kind: "link", id: "upload", text: "Upload document" },
            { kind: "quick-reply", id: "help", text: "Help" },
          ],
        },
        {
          language: "fr",
          header: null,
          body: "Bonjour {{first_name}}, il nous manque encore un document ({{missing_document}}) pour ouvrir votre compte. Envoyez-le par notre page sécurisée, cela prend deux minutes.",
          footer: "N’envoyez jamais de document dans ce chat.",
          buttons: [
            { kind: "link", id: "upload", text: "Envoyer le document" },
            { kind: "quick-reply", id: "help", text: "Aide" },
          ],
        },
      ],
    },
    {
      name: "kyc_reminder_2",
      category: "utility",
      samples: { first_name: samples.first_name },
      languages: [
        {
          language: "en",
          header: null,
          body: "Hello {{first_name}}, your account stays limited until we have your document. You are one photo away, and we are here if something does not work.",
          footer: "Never send documents in this chat.",
          buttons: [
            { kind: "link", id: "upload", text: "Upload document" },
            { kind: "quick-reply", id: "help", text: "Help" },
          ],
        },
        {
          language: "fr",
          header: null,
          body: "Bonjour {{first_name}}, votre compte reste limité tant que nous n’avons pas votre document. Il ne manque qu’une photo, et nous sommes là si quelque chose bloque.",
          footer: "N’envoyez jamais de document dans ce chat.",
          buttons: [
            { kind: "link", id: "upload", text: "Envoyer le document" },
            { kind: "quick-reply", id: "help", text: "Aide" },
          ],
        },
      ],
    },
  ]),
});
