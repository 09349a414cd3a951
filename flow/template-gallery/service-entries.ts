import { galleryEntry } from "./gallery-entry.ts";

/** Texts of security and of service. */
export const serviceEntries = [
  galleryEntry({
    id: "fraud-alert",
    useCase: "FRAUD_ALERT",
    topic: "security",
    category: "utility",
    samples: { first_name: "Kwame", amount: "GH₵ 940", place: "an online shop", card: "•••• 4821" },
    buttons: [
      { kind: "quick-reply", id: "was-me" },
      { kind: "quick-reply", id: "not-me" },
    ],
    words: {
      en: {
        body: "Hello {{first_name}}, we stopped a payment of {{amount}} at {{place}} with your card {{card}} because it looks unusual. Was it you? We never ask for your secret code here.",
        buttons: ["It was me", "It was not me"],
      },
      fr: {
        body: "Bonjour {{first_name}}, nous avons arrêté un paiement de {{amount}} chez {{place}} avec votre carte {{card}}, car il paraît inhabituel. Était-ce vous ? Nous ne demandons jamais votre code secret ici.",
        buttons: ["C’était moi", "Ce n’était pas moi"],
      },
      es: {
        body: "Hola, {{first_name}}. Detuvimos un pago de {{amount}} en {{place}} con tu tarjeta {{card}} porque parece inusual. ¿Fuiste tú? Aquí nunca pedimos tu clave.",
        buttons: ["Fui yo", "No fui yo"],
      },
      pt_BR: {
        body: "Olá, {{first_name}}. Barramos um pagamento de {{amount}} em {{place}} com seu cartão {{card}} porque parece incomum. Foi você? Nunca pedimos sua senha por aqui.",
        buttons: ["Fui eu", "Não fui eu"],
      },
      hi: {
        body: "नमस्ते {{first_name}}, हमने आपके कार्ड {{card}} से {{place}} पर {{amount}} का भुगतान रोका है क्योंकि यह असामान्य लगता है। क्या यह आप थे? हम यहाँ कभी आपका गुप्त कोड नहीं माँगते।",
        buttons: ["यह मैं था", "यह मैं नहीं था"],
      },
    },
  }),
  galleryEntry({
    id: "feedback-survey",
    useCase: "FEEDBACK_SURVEY",
    topic: "service",
    category: "utility",
    samples: { first_name: "Kwame", agent: "Efua" },
    buttons: [
      { kind: "quick-reply", id: "good" },
      { kind: "quick-reply", id: "fair" },
      { kind: "quick-reply", id: "bad" },
    ],
    words: {
      en: {
        body: "Hello {{first_name}}, today {{agent}} of our team answered your question. How was it for you? One tap helps us to get better.",
        buttons: ["Good", "Fair", "Bad"],
      },
      fr: {
        body: "Bonjour {{first_name}}, aujourd’hui {{agent}} de notre équipe a répondu à votre question. Comment cela s’est-il passé ? Un geste suffit pour nous aider à progresser.",
        buttons: ["Bien", "Moyen", "Mal"],
      },
      es: {
        body: "Hola, {{first_name}}. Hoy {{agent}} de nuestro equipo respondió a tu consulta. ¿Cómo te fue? Con un toque nos ayudas a mejorar.",
        buttons: ["Bien", "Regular", "Mal"],
      },
      pt_BR: {
        body: "Olá, {{first_name}}. Hoje {{agent}} da nossa equipe respondeu à sua dúvida. Como foi? Com um toque você nos ajuda a melhorar.",
        buttons: ["Bom", "Regular", "Ruim"],
      },
      hi: {
        body: "नमस्ते {{first_name}}, आज हमारी टीम से {{agent}} ने आपके प्रश्न का उत्तर दिया। आपका अनुभव कैसा रहा? एक टैप से हमें बेहतर होने में मदद मिलती है।",
        buttons: ["अच्छा", "ठीक", "खराब"],
      },
    },
  }),
];
