import { galleryEntry } from "./gallery-entry.ts";

const due = { first_name: "Ananya", amount: "₹ 12,400", due_date: "24 November 2026" };

/** Texts about what a customer owes or has paid. */
export const paymentEntries = [
  galleryEntry({
    id: "payment-due-reminder",
    useCase: "PAYMENT_DUE_REMINDER",
    topic: "payments",
    category: "utility",
    samples: due,
    buttons: [
      { kind: "link", id: "pay" },
      { kind: "quick-reply", id: "help" },
    ],
    words: {
      en: {
        body: "Hello {{first_name}}, your payment of {{amount}} is due on {{due_date}}. Paying on time keeps your account in good standing.",
        buttons: ["Pay now", "I need help"],
      },
      fr: {
        body: "Bonjour {{first_name}}, votre échéance de {{amount}} arrive le {{due_date}}. La régler à temps garde votre compte en règle.",
        buttons: ["Payer maintenant", "J’ai besoin d’aide"],
      },
      es: {
        body: "Hola, {{first_name}}. Tu pago de {{amount}} vence el {{due_date}}. Pagar a tiempo mantiene tu cuenta al día.",
        buttons: ["Pagar ahora", "Necesito ayuda"],
      },
      pt_BR: {
        body: "Olá, {{first_name}}. Seu pagamento de {{amount}} vence em {{due_date}}. Pagar em dia mantém sua conta regular.",
        buttons: ["Pagar agora", "Preciso de ajuda"],
      },
      hi: {
        body: "नमस्ते {{first_name}}, आपका {{amount}} का भुगतान {{due_date}} को देय है। समय पर भुगतान करने से आपका खाता नियमित रहता है।",
        buttons: ["अभी भुगतान करें", "मुझे मदद चाहिए"],
      },
    },
  }),
  galleryEntry({
    id: "payment-overdue",
    useCase: "PAYMENT_OVERDUE",
    topic: "payments",
    category: "utility",
    samples: due,
    buttons: [
      { kind: "link", id: "pay" },
      { kind: "quick-reply", id: "call-me" },
    ],
    words: {
      en: {
        body: "Hello {{first_name}}, we have not received your payment of {{amount}} that was due on {{due_date}}. If you have just paid, please ignore this message. If it is difficult right now, tell us and we will look for a way together.",
        buttons: ["Pay now", "Call me"],
      },
      fr: {
        body: "Bonjour {{first_name}}, nous n’avons pas reçu votre paiement de {{amount}} attendu le {{due_date}}. Si vous venez de payer, ne tenez pas compte de ce message. Si c’est difficile en ce moment, dites-le-nous : nous chercherons une solution ensemble.",
        buttons: ["Payer maintenant", "Rappelez-moi"],
      },
      es: {
        body: "Hola, {{first_name}}. No hemos recibido tu pago de {{amount}} que vencía el {{due_date}}. Si acabas de pagar, ignora este mensaje. Si ahora te resulta difícil, dínoslo y buscaremos juntos una solución.",
        buttons: ["Pagar ahora", "Llámenme"],
      },
      pt_BR: {
        body: "Olá, {{first_name}}. Ainda não recebemos seu pagamento de {{amount}} que venceu em {{due_date}}. Se você acabou de pagar, ignore esta mensagem. Se está difícil agora, avise e vamos buscar uma saída juntos.",
        buttons: ["Pagar agora", "Liguem para mim"],
      },
      hi: {
        body: "नमस्ते {{first_name}}, हमें आपका {{amount}} का भुगतान नहीं मिला है जो {{due_date}} को देय था। यदि आपने अभी भुगतान किया है तो इस संदेश पर ध्यान न दें। यदि अभी कठिनाई है तो हमें बताएँ, हम मिलकर रास्ता निकालेंगे।",
        buttons: ["अभी भुगतान करें", "मुझे कॉल करें"],
      },
    },
  }),
  galleryEntry({
    id: "auto-pay-reminder",
    useCase: "AUTO_PAY_REMINDER",
    topic: "payments",
    category: "utility",
    samples: { ...due, account: "•••• 4821" },
    buttons: [{ kind: "link", id: "manage" }],
    words: {
      en: {
        body: "Hello {{first_name}}, auto-pay will take {{amount}} from your account {{account}} on {{due_date}}. Please make sure that the money is there. You can change or stop it at any time.",
        buttons: ["Manage auto-pay"],
      },
      fr: {
        body: "Bonjour {{first_name}}, le prélèvement automatique de {{amount}} passera sur votre compte {{account}} le {{due_date}}. Vérifiez que la somme y est. Vous pouvez le changer ou l’arrêter à tout moment.",
        buttons: ["Gérer le prélèvement"],
      },
      es: {
        body: "Hola, {{first_name}}. El pago automático cobrará {{amount}} de tu cuenta {{account}} el {{due_date}}. Comprueba que haya saldo. Puedes cambiarlo o detenerlo cuando quieras.",
        buttons: ["Gestionar el pago"],
      },
      pt_BR: {
        body: "Olá, {{first_name}}. O débito automático de {{amount}} sairá da sua conta {{account}} em {{due_date}}. Confira se há saldo. Você pode mudar ou cancelar quando quiser.",
        buttons: ["Gerenciar débito"],
      },
      hi: {
        body: "नमस्ते {{first_name}}, ऑटो-पे से {{amount}} की राशि आपके खाते {{account}} से {{due_date}} को कटेगी। कृपया देख लें कि खाते में राशि हो। आप इसे कभी भी बदल या रोक सकते हैं।",
        buttons: ["ऑटो-पे प्रबंधित करें"],
      },
    },
  }),
  galleryEntry({
    id: "payment-confirmation",
    useCase: "PAYMENT_CONFIRMATION",
    topic: "payments",
    category: "utility",
    samples: { first_name: "Ananya", amount: "₹ 12,400", reference: "PAY-20931" },
    buttons: [{ kind: "quick-reply", id: "not-me" }],
    words: {
      en: {
        body: "Hello {{first_name}}, we have received your payment of {{amount}}, thank you. Your reference is {{reference}}, please keep it for your records.",
        buttons: ["I did not pay this"],
      },
      fr: {
        body: "Bonjour {{first_name}}, nous avons bien reçu votre paiement de {{amount}}, merci. Votre référence est {{reference}}, gardez-la précieusement.",
        buttons: ["Ce n’est pas moi"],
      },
      es: {
        body: "Hola, {{first_name}}. Hemos recibido tu pago de {{amount}}, gracias. Tu referencia es {{reference}}, guárdala como comprobante.",
        buttons: ["Yo no hice este pago"],
      },
      pt_BR: {
        body: "Olá, {{first_name}}. Recebemos seu pagamento de {{amount}}, obrigado. Sua referência é {{reference}}, guarde-a como comprovante.",
        buttons: ["Não fiz este pagamento"],
      },
      hi: {
        body: "नमस्ते {{first_name}}, हमें आपका {{amount}} का भुगतान मिल गया है, धन्यवाद। आपका संदर्भ {{reference}} है, कृपया इसे सँभालकर रखें।",
        buttons: ["यह मैंने नहीं किया"],
      },
    },
  }),
  galleryEntry({
    id: "payment-failed",
    useCase: "PAYMENT_REJECT_FAIL",
    topic: "payments",
    category: "utility",
    samples: { first_name: "Ananya", amount: "₹ 12,400", reason: "insufficient balance" },
    buttons: [
      { kind: "link", id: "retry" },
      { kind: "quick-reply", id: "help" },
    ],
    words: {
      en: {
        body: "Hello {{first_name}}, your payment of {{amount}} did not go through because of: {{reason}}. Nothing was taken from your account.",
        buttons: ["Try again", "I need help"],
      },
      fr: {
        body: "Bonjour {{first_name}}, votre paiement de {{amount}} n’a pas abouti pour cette raison : {{reason}}. Rien n’a été débité de votre compte.",
        buttons: ["Réessayer", "J’ai besoin d’aide"],
      },
      es: {
        body: "Hola, {{first_name}}. Tu pago de {{amount}} no se pudo realizar por este motivo: {{reason}}. No se ha cobrado nada de tu cuenta.",
        buttons: ["Intentar de nuevo", "Necesito ayuda"],
      },
      pt_BR: {
        body: "Olá, {{first_name}}. Seu pagamento de {{amount}} não foi concluído por este motivo: {{reason}}. Nada foi debitado da sua conta.",
        buttons: ["Tentar de novo", "Preciso de ajuda"],
      },
      hi: {
        body: "नमस्ते {{first_name}}, आपका {{amount}} का भुगतान इस कारण से पूरा नहीं हुआ: {{reason}}। आपके खाते से कोई राशि नहीं कटी है।",
        buttons: ["फिर कोशिश करें", "मुझे मदद चाहिए"],
      },
    },
  }),
  galleryEntry({
    id: "receipt-attachment",
    useCase: "RECEIPT_ATTACHMENT",
    topic: "payments",
    category: "utility",
    samples: { first_name: "Ananya", amount: "₹ 12,400", paid_on: "22 November 2026" },
    header: { kind: "document", fileName: "receipt.pdf" },
    buttons: [],
    words: {
      en: {
        body: "Hello {{first_name}}, here is the receipt for your payment of {{amount}} on {{paid_on}}. You find it in the app as well.",
        buttons: [],
      },
      fr: {
        body: "Bonjour {{first_name}}, voici le reçu de votre paiement de {{amount}} du {{paid_on}}. Vous le trouvez aussi dans l’application.",
        buttons: [],
      },
      es: {
        body: "Hola, {{first_name}}. Aquí tienes el recibo de tu pago de {{amount}} del {{paid_on}}. También está en la aplicación.",
        buttons: [],
      },
      pt_BR: {
        body: "Olá, {{first_name}}. Aqui está o recibo do seu pagamento de {{amount}} em {{paid_on}}. Ele também está no aplicativo.",
        buttons: [],
      },
      hi: {
        body: "नमस्ते {{first_name}}, {{paid_on}} को किए गए आपके {{amount}} के भुगतान की रसीद यहाँ है। यह ऐप में भी उपलब्ध है।",
        buttons: [],
      },
    },
  }),
];
