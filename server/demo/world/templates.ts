import type { TemplateButton, TemplateContent, TemplateInfo } from "#flow/template.ts";

type Words = { body: string; footer?: string; buttons: readonly string[] };

/** The bank's messages in its customers' languages; the starters' own are English and French. */
const words: Record<string, { es: Words; pt_BR: Words }> = {
  kyc_reminder_1: {
    es: {
      body: "Hola {{first_name}}, aún necesitamos tu {{missing_document}} para terminar de abrir tu cuenta. Envíalo por nuestra página segura, toma dos minutos.",
      footer: "Nunca envíes documentos por este chat.",
      buttons: ["Subir documento", "Ayuda"],
    },
    pt_BR: {
      body: "Olá {{first_name}}, ainda precisamos do seu {{missing_document}} para terminar de abrir a sua conta. Envie pela nossa página segura, leva dois minutos.",
      footer: "Nunca envie documentos por este chat.",
      buttons: ["Enviar documento", "Ajuda"],
    },
  },
  kyc_reminder_2: {
    es: {
      body: "Hola {{first_name}}, tu cuenta sigue limitada hasta que tengamos tu documento. Te falta una sola foto, y aquí estamos si algo no funciona.",
      footer: "Nunca envíes documentos por este chat.",
      buttons: ["Subir documento", "Ayuda"],
    },
    pt_BR: {
      body: "Olá {{first_name}}, a sua conta continua limitada até recebermos o seu documento. Falta só uma foto, e estamos aqui se algo não funcionar.",
      footer: "Nunca envie documentos por este chat.",
      buttons: ["Enviar documento", "Ajuda"],
    },
  },
  loan_offer_apply: offer("Solicitar ahora", "Solicitar agora"),
  loan_offer_get: offer("Obtener un préstamo", "Conseguir empréstimo"),
  loan_reminder: {
    es: {
      body: "Hola {{first_name}}, tu préstamo preaprobado de hasta {{amount}} te sigue esperando. La oferta termina el {{expires}}, y un asesor responde con gusto tus preguntas por teléfono.",
      footer: "Responde BAJA para no recibir más ofertas.",
      buttons: ["Continuar", "Llámenme"],
    },
    pt_BR: {
      body: "Olá {{first_name}}, o seu empréstimo pré-aprovado de até {{amount}} continua à sua espera. A oferta termina em {{expires}}, e um consultor responde às suas dúvidas por telefone.",
      footer: "Responda SAIR para não receber mais ofertas.",
      buttons: ["Continuar", "Liguem para mim"],
    },
  },
  statement_ready: {
    es: {
      body: "Hola {{first_name}}, tu extracto de {{period}} está listo. Lo encuentras adjunto en PDF.",
      buttons: ["Ver detalle"],
    },
    pt_BR: {
      body: "Olá {{first_name}}, o seu extrato de {{period}} está pronto. Ele segue anexo em PDF.",
      buttons: ["Ver detalhes"],
    },
  },
  statement_breakdown: {
    es: {
      body: "Este es tu movimiento de {{period}}.\nIngresos: {{income}}\nGastos: {{spending}}\nComisiones: {{fees}}\nEscríbenos por aquí si algo te parece raro.",
      buttons: [],
    },
    pt_BR: {
      body: "Este é o seu movimento de {{period}}.\nEntradas: {{income}}\nGastos: {{spending}}\nTarifas: {{fees}}\nEscreva para nós por aqui se algo parecer estranho.",
      buttons: [],
    },
  },
  tip_auto_pay: {
    es: {
      body: "Hola {{first_name}}, un consejo para tu cuenta: con el pago automático tus facturas se pagan el día en que vencen. Tú eliges cuáles, y puedes desactivarlo cuando quieras.",
      buttons: ["Activar pago automático"],
    },
    pt_BR: {
      body: "Olá {{first_name}}, uma dica para a sua conta: com o débito automático as suas contas são pagas no dia do vencimento. Você escolhe quais, e pode desativar quando quiser.",
      buttons: ["Ativar débito automático"],
    },
  },
};

function offer(es: string, pt: string): { es: Words; pt_BR: Words } {
  return {
    es: {
      body: "Hola {{first_name}}, buenas noticias: tienes un préstamo preaprobado de hasta {{amount}}. Sin papeleo en una oficina, y la oferta es solo tuya hasta el {{expires}}.",
      footer: "Responde BAJA para no recibir más ofertas.",
      buttons: [es, "Llámenme"],
    },
    pt_BR: {
      body: "Olá {{first_name}}, boas notícias: você tem um empréstimo pré-aprovado de até {{amount}}. Sem papelada na agência, e a oferta é só sua até {{expires}}.",
      footer: "Responda SAIR para não receber mais ofertas.",
      buttons: [pt, "Liguem para mim"],
    },
  };
}

/** A starter's template with the bank's words: category, header and what its buttons do stay. Throws for one that has no words. */
export function inBanksWords(template: TemplateInfo): TemplateInfo {
  const said = words[template.name];
  const [model] = template.languages;
  if (!said || !model) throw new Error(`The bank has no words for ${template.name}.`);
  const languages = (["es", "pt_BR"] as const).map((language) => ({
    ...contentIn(language, said[language], model),
    status: "draft" as const,
  }));
  return { ...template, languages };
}

const contentIn = (
  language: string,
  { body, footer = "", buttons }: Words,
  model: TemplateContent,
): TemplateContent => ({
  language,
  header: model.header?.kind === "document" ? { kind: "document", fileName: "Extracto.pdf" } : model.header,
  body,
  footer: footer || null,
  buttons: model.buttons.map((button, index): TemplateButton => ({ ...button, text: buttons[index] ?? "" })),
});

/** The same in the starter's own languages and the bank's; as it is where the bank has no words for it. */
export const withBanksWords = (template: TemplateInfo): TemplateInfo =>
  template.name in words
    ? { ...template, languages: [...template.languages, ...inBanksWords(template).languages] }
    : template;
