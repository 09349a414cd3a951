import { galleryEntry } from "./gallery-entry.ts";

/** Texts about an account: what is in it, what happens on it, what is missing. */
export const accountEntries = [
  galleryEntry({
    id: "low-balance-warning",
    useCase: "LOW_BALANCE_WARNING",
    topic: "accounts",
    category: "utility",
    samples: { first_name: "Awa", account: "•••• 4821", balance: "12 500 F CFA" },
    buttons: [{ kind: "link", id: "top-up" }],
    words: {
      en: {
        body: "Hello {{first_name}}, the balance of your account {{account}} is now {{balance}}. A payment could be refused if nothing is added to it.",
        buttons: ["Add money"],
      },
      fr: {
        body: "Bonjour {{first_name}}, le solde de votre compte {{account}} est maintenant de {{balance}}. Un paiement pourrait être refusé si rien n’y est ajouté.",
        buttons: ["Alimenter le compte"],
      },
      es: {
        body: "Hola, {{first_name}}. El saldo de tu cuenta {{account}} es ahora de {{balance}}. Un pago podría ser rechazado si no ingresas dinero.",
        buttons: ["Ingresar dinero"],
      },
      pt_BR: {
        body: "Olá, {{first_name}}. O saldo da sua conta {{account}} agora é de {{balance}}. Um pagamento pode ser recusado se nada for depositado.",
        buttons: ["Adicionar dinheiro"],
      },
      hi: {
        body: "नमस्ते {{first_name}}, आपके खाते {{account}} की शेष राशि अब {{balance}} है। राशि न जोड़ने पर कोई भुगतान अस्वीकार हो सकता है।",
        buttons: ["राशि जोड़ें"],
      },
    },
  }),
  galleryEntry({
    id: "statement-available",
    useCase: "STATEMENT_AVAILABLE",
    topic: "accounts",
    category: "utility",
    samples: { first_name: "Awa", month: "October 2026", account: "•••• 4821" },
    buttons: [
      { kind: "link", id: "open" },
      { kind: "quick-reply", id: "details" },
    ],
    words: {
      en: {
        body: "Hello {{first_name}}, your statement for {{month}} of the account {{account}} is ready. You open it with your usual sign-in.",
        buttons: ["Open statement", "Details"],
      },
      fr: {
        body: "Bonjour {{first_name}}, votre relevé de {{month}} pour le compte {{account}} est prêt. Vous l’ouvrez avec votre connexion habituelle.",
        buttons: ["Ouvrir le relevé", "Détails"],
      },
      es: {
        body: "Hola, {{first_name}}. Tu extracto de {{month}} de la cuenta {{account}} ya está listo. Lo abres con tu acceso habitual.",
        buttons: ["Abrir el extracto", "Detalles"],
      },
      pt_BR: {
        body: "Olá, {{first_name}}. Seu extrato de {{month}} da conta {{account}} está pronto. Você o abre com seu acesso de sempre.",
        buttons: ["Abrir extrato", "Detalhes"],
      },
      hi: {
        body: "नमस्ते {{first_name}}, खाते {{account}} का {{month}} का विवरण तैयार है। आप इसे अपने सामान्य साइन-इन से खोल सकते हैं।",
        buttons: ["विवरण खोलें", "अधिक जानकारी"],
      },
    },
  }),
  galleryEntry({
    id: "transaction-alert",
    useCase: "TRANSACTION_ALERT",
    topic: "accounts",
    category: "utility",
    samples: { amount: "25 000 F CFA", place: "Auchan Dakar", card: "•••• 4821", balance: "184 200 F CFA" },
    buttons: [{ kind: "quick-reply", id: "fraud" }],
    words: {
      en: {
        body: "A payment of {{amount}} was made at {{place}} with your card {{card}}. Your balance is now {{balance}}. Did you not make this payment? Tell us at once.",
        buttons: ["It was not me"],
      },
      fr: {
        body: "Un paiement de {{amount}} a été fait chez {{place}} avec votre carte {{card}}. Votre solde est maintenant de {{balance}}. Ce n’est pas vous ? Dites-le-nous tout de suite.",
        buttons: ["Ce n’était pas moi"],
      },
      es: {
        body: "Se hizo un pago de {{amount}} en {{place}} con tu tarjeta {{card}}. Tu saldo es ahora de {{balance}}. ¿No hiciste este pago? Avísanos de inmediato.",
        buttons: ["No fui yo"],
      },
      pt_BR: {
        body: "Um pagamento de {{amount}} foi feito em {{place}} com seu cartão {{card}}. Seu saldo agora é de {{balance}}. Não foi você? Avise-nos na hora.",
        buttons: ["Não fui eu"],
      },
      hi: {
        body: "आपके कार्ड {{card}} से {{place}} पर {{amount}} का भुगतान हुआ है। आपकी शेष राशि अब {{balance}} है। यदि यह भुगतान आपने नहीं किया है तो हमें तुरंत बताएँ।",
        buttons: ["यह मैं नहीं था"],
      },
    },
  }),
  galleryEntry({
    id: "account-opened",
    useCase: "ACCOUNT_CREATION_CONFIRMATION",
    topic: "accounts",
    category: "utility",
    samples: { first_name: "Awa", account: "•••• 4821" },
    buttons: [{ kind: "link", id: "start" }],
    words: {
      en: {
        body: "Hello {{first_name}}, your account {{account}} is open. Sign in to set your secret code and order your card.",
        buttons: ["Get started"],
      },
      fr: {
        body: "Bonjour {{first_name}}, votre compte {{account}} est ouvert. Connectez-vous pour choisir votre code secret et commander votre carte.",
        buttons: ["Commencer"],
      },
      es: {
        body: "Hola, {{first_name}}. Tu cuenta {{account}} ya está abierta. Entra para elegir tu clave y pedir tu tarjeta.",
        buttons: ["Empezar"],
      },
      pt_BR: {
        body: "Olá, {{first_name}}. Sua conta {{account}} está aberta. Entre para escolher sua senha e pedir seu cartão.",
        buttons: ["Começar"],
      },
      hi: {
        body: "नमस्ते {{first_name}}, आपका खाता {{account}} खुल गया है। अपना गुप्त कोड चुनने और कार्ड मँगाने के लिए साइन इन करें।",
        buttons: ["शुरू करें"],
      },
    },
  }),
  galleryEntry({
    id: "document-needed",
    useCase: "PAYMENT_ACTION_REQUIRED",
    topic: "accounts",
    category: "utility",
    samples: { first_name: "Awa", missing_document: "identity card", due_date: "27 November 2026" },
    buttons: [
      { kind: "link", id: "upload" },
      { kind: "quick-reply", id: "help" },
    ],
    words: {
      en: {
        body: "Hello {{first_name}}, one document is missing before your account can send payments: {{missing_document}}. Please send it by {{due_date}} over our secure page. It takes two minutes.",
        buttons: ["Send it", "I need help"],
      },
      fr: {
        body: "Bonjour {{first_name}}, il manque un document pour que votre compte puisse payer : {{missing_document}}. Envoyez-le avant le {{due_date}} par notre page sécurisée. Cela prend deux minutes.",
        buttons: ["L’envoyer", "J’ai besoin d’aide"],
      },
      es: {
        body: "Hola, {{first_name}}. Falta un documento para que tu cuenta pueda pagar: {{missing_document}}. Envíalo antes del {{due_date}} por nuestra página segura. Son dos minutos.",
        buttons: ["Enviarlo", "Necesito ayuda"],
      },
      pt_BR: {
        body: "Olá, {{first_name}}. Falta um documento para sua conta fazer pagamentos: {{missing_document}}. Envie até {{due_date}} pela nossa página segura. Leva dois minutos.",
        buttons: ["Enviar", "Preciso de ajuda"],
      },
      hi: {
        body: "नमस्ते {{first_name}}, भुगतान शुरू करने के लिए आपके खाते में एक दस्तावेज़ बाकी है: {{missing_document}}। कृपया इसे {{due_date}} तक हमारे सुरक्षित पेज से भेजें। इसमें दो मिनट लगते हैं।",
        buttons: ["भेजें", "मुझे मदद चाहिए"],
      },
    },
  }),
];
