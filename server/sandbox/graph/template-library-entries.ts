type Param = "TEXT" | "AMOUNT" | "DATE" | "NUMBER" | "PHONE NUMBER";
type Words = { header: string; body: string; button?: string };

export type LibraryEntry = {
  name: string;
  topic: "PAYMENTS" | "ACCOUNT_UPDATES";
  usecase: string;
  /** What each variable of the body holds, with a sample. */
  params: [type: Param, sample: string][];
  /** Also the kind of its one button, which the business fills in. */
  button: "URL" | "PHONE_NUMBER" | null;
  document?: true;
  en_US: Words;
  fr: Words;
};

const entry = (name: string, usecase: string, rest: Omit<LibraryEntry, "name" | "usecase">): LibraryEntry => ({
  name,
  usecase,
  ...rest,
});

/** Ready templates for a bank, in our own words; topics and use cases are Meta's (section 2). */
export const libraryEntries: LibraryEntry[] = [
  entry("payment_due_reminder_1", "PAYMENT_DUE_REMINDER", {
    topic: "PAYMENTS",
    params: [
      ["TEXT", "Zoé"],
      ["AMOUNT", "120.00"],
      ["DATE", "5 March"],
    ],
    button: "URL",
    en_US: {
      header: "Payment due soon",
      body: "Hi {{1}}, your payment of {{2}} is due on {{3}}. Please pay in time to avoid a fee.",
      button: "Pay now",
    },
    fr: {
      header: "Échéance proche",
      body: "Bonjour {{1}}, votre paiement de {{2}} est attendu le {{3}}. Réglez à temps pour éviter des frais.",
      button: "Payer",
    },
  }),
  entry("payment_overdue_1", "PAYMENT_OVERDUE", {
    topic: "PAYMENTS",
    params: [
      ["TEXT", "Zoé"],
      ["AMOUNT", "120.00"],
      ["DATE", "5 March"],
    ],
    button: "URL",
    en_US: {
      header: "Payment overdue",
      body: "Hi {{1}}, we have not received your payment of {{2}} that was due on {{3}}. Please pay it now.",
      button: "Pay now",
    },
    fr: {
      header: "Paiement en retard",
      body: "Bonjour {{1}}, nous n'avons pas reçu votre paiement de {{2}} attendu le {{3}}. Merci de le régler.",
      button: "Payer",
    },
  }),
  entry("fraud_alert_1", "FRAUD_ALERT", {
    topic: "ACCOUNT_UPDATES",
    params: [
      ["TEXT", "Zoé"],
      ["AMOUNT", "80.00"],
      ["TEXT", "Corner Shop"],
    ],
    button: "PHONE_NUMBER",
    en_US: {
      header: "Unusual payment",
      body: "Hi {{1}}, a payment of {{2}} to {{3}} looks unusual to us. Call us at once if it was not you.",
      button: "Call us",
    },
    fr: {
      header: "Paiement inhabituel",
      body: "Bonjour {{1}}, un paiement de {{2}} à {{3}} nous semble inhabituel. Appelez-nous si ce n'est pas vous.",
      button: "Appeler",
    },
  }),
  entry("low_balance_warning_1", "LOW_BALANCE_WARNING", {
    topic: "ACCOUNT_UPDATES",
    params: [
      ["TEXT", "Zoé"],
      ["NUMBER", "4321"],
      ["AMOUNT", "12.50"],
    ],
    button: null,
    en_US: {
      header: "Low balance",
      body: "Hi {{1}}, the balance of your account ending in {{2}} is down to {{3}} today.",
    },
    fr: {
      header: "Solde bas",
      body: "Bonjour {{1}}, le solde de votre compte se terminant par {{2}} est de {{3}} aujourd'hui.",
    },
  }),
  entry("statement_available_1", "STATEMENT_AVAILABLE", {
    topic: "ACCOUNT_UPDATES",
    params: [
      ["TEXT", "Zoé"],
      ["NUMBER", "4321"],
      ["DATE", "February"],
    ],
    button: "URL",
    en_US: {
      header: "Statement ready",
      body: "Hi {{1}}, the statement of your account ending in {{2}} for {{3}} is ready for you.",
      button: "View statement",
    },
    fr: {
      header: "Relevé disponible",
      body: "Bonjour {{1}}, le relevé de votre compte se terminant par {{2}} pour {{3}} est disponible.",
      button: "Voir le relevé",
    },
  }),
  entry("statement_attachment_1", "STATEMENT_ATTACHMENT", {
    topic: "ACCOUNT_UPDATES",
    params: [
      ["TEXT", "Zoé"],
      ["DATE", "February"],
    ],
    button: null,
    document: true,
    en_US: { header: "", body: "Hi {{1}}, please find your account statement for {{2}} attached to this message." },
    fr: { header: "", body: "Bonjour {{1}}, vous trouverez votre relevé de compte de {{2}} joint à ce message." },
  }),
  entry("transaction_alert_1", "TRANSACTION_ALERT", {
    topic: "ACCOUNT_UPDATES",
    params: [
      ["AMOUNT", "80.00"],
      ["TEXT", "Corner Shop"],
      ["DATE", "5 March"],
    ],
    button: null,
    en_US: {
      header: "New transaction",
      body: "We have booked {{1}} to {{2}} on {{3}}. If you do not know this payment, please contact us.",
    },
    fr: {
      header: "Nouvelle opération",
      body: "Nous avons débité {{1}} pour {{2}} le {{3}}. Si vous ne la reconnaissez pas, contactez-nous.",
    },
  }),
  entry("auto_pay_reminder_1", "AUTO_PAY_REMINDER", {
    topic: "PAYMENTS",
    params: [
      ["TEXT", "Zoé"],
      ["AMOUNT", "120.00"],
      ["DATE", "5 March"],
    ],
    button: null,
    en_US: {
      header: "Automatic payment",
      body: "Hi {{1}}, we will collect your payment of {{2}} by itself on {{3}}. You need to do nothing.",
    },
    fr: {
      header: "Prélèvement",
      body: "Bonjour {{1}}, votre paiement de {{2}} sera prélevé le {{3}}. Vous n'avez rien à faire.",
    },
  }),
  entry("receipt_attachment_1", "RECEIPT_ATTACHMENT", {
    topic: "PAYMENTS",
    params: [
      ["TEXT", "Zoé"],
      ["AMOUNT", "120.00"],
    ],
    button: null,
    document: true,
    en_US: {
      header: "",
      body: "Hi {{1}}, thank you for your payment of {{2}}. The receipt is attached to this message.",
    },
    fr: { header: "", body: "Bonjour {{1}}, merci pour votre paiement de {{2}}. Le reçu est joint à ce message." },
  }),
  entry("payment_confirmation_1", "PAYMENT_CONFIRMATION", {
    topic: "PAYMENTS",
    params: [
      ["TEXT", "Zoé"],
      ["AMOUNT", "120.00"],
      ["DATE", "5 March"],
    ],
    button: null,
    en_US: {
      header: "Payment received",
      body: "Hi {{1}}, we have received your payment of {{2}} on {{3}}. Thank you very much.",
    },
    fr: {
      header: "Paiement reçu",
      body: "Bonjour {{1}}, nous avons bien reçu votre paiement de {{2}} le {{3}}. Merci beaucoup.",
    },
  }),
  entry("payment_scheduled_1", "PAYMENT_SCHEDULED", {
    topic: "PAYMENTS",
    params: [
      ["TEXT", "Zoé"],
      ["AMOUNT", "120.00"],
      ["DATE", "5 March"],
    ],
    button: null,
    en_US: {
      header: "Payment scheduled",
      body: "Hi {{1}}, your payment of {{2}} is scheduled for {{3}} as you asked us to do.",
    },
    fr: {
      header: "Paiement programmé",
      body: "Bonjour {{1}}, votre paiement de {{2}} est programmé pour le {{3}} comme demandé.",
    },
  }),
  entry("payment_reject_fail_1", "PAYMENT_REJECT_FAIL", {
    topic: "PAYMENTS",
    params: [
      ["TEXT", "Zoé"],
      ["AMOUNT", "120.00"],
    ],
    button: "URL",
    en_US: {
      header: "Payment failed",
      body: "Hi {{1}}, your payment of {{2}} could not be carried out. Please try again or choose another way.",
      button: "Try again",
    },
    fr: {
      header: "Paiement échoué",
      body: "Bonjour {{1}}, votre paiement de {{2}} n'a pas pu être effectué. Réessayez ou changez de moyen.",
      button: "Réessayer",
    },
  }),
  entry("account_creation_confirmation_1", "ACCOUNT_CREATION_CONFIRMATION", {
    topic: "ACCOUNT_UPDATES",
    params: [
      ["TEXT", "Zoé"],
      ["NUMBER", "4321"],
    ],
    button: "URL",
    en_US: {
      header: "Welcome",
      body: "Hi {{1}}, your new account ending in {{2}} is open and ready to be used.",
      button: "Sign in",
    },
    fr: {
      header: "Bienvenue",
      body: "Bonjour {{1}}, votre nouveau compte se terminant par {{2}} est ouvert et prêt.",
      button: "Se connecter",
    },
  }),
];
