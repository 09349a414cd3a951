import type { DraftContent } from "./lint-template.ts";
import type { CodeAutofill } from "./template.ts";

type Preset = { code: string; advice: string; expiry: string; copy: string; autofill: string; share: string };

/** Close to what WhatsApp writes; the true words are its own and come with the message. */
const presets: Record<string, Preset> = {
  en: {
    code: "*{{code}}* is your verification code.",
    advice: "For your security, do not share this code.",
    expiry: "This code expires in {minutes} minutes.",
    copy: "Copy code",
    autofill: "Autofill",
    share: "Share contact info",
  },
  fr: {
    code: "*{{code}}* est votre code de vérification.",
    advice: "Pour votre sécurité, ne le partagez pas.",
    expiry: "Ce code expire dans {minutes} minutes.",
    copy: "Copier le code",
    autofill: "Remplir",
    share: "Partager mes coordonnées",
  },
  es: {
    code: "*{{code}}* es tu código de verificación.",
    advice: "Por tu seguridad, no lo compartas.",
    expiry: "Este código caduca en {minutes} minutos.",
    copy: "Copiar código",
    autofill: "Autocompletar",
    share: "Compartir información de contacto",
  },
  pt: {
    code: "*{{code}}* é o seu código de verificação.",
    advice: "Para sua segurança, não o compartilhe.",
    expiry: "Este código expira em {minutes} minutos.",
    copy: "Copiar código",
    autofill: "Preencher",
    share: "Compartilhar dados de contato",
  },
  hi: {
    code: "*{{code}}* आपका सत्यापन कोड है।",
    advice: "अपनी सुरक्षा के लिए, यह कोड किसी को न बताएँ।",
    expiry: "यह कोड {minutes} मिनट में समाप्त हो जाएगा।",
    copy: "कोड कॉपी करें",
    autofill: "अपने आप भरें",
    share: "कॉन्टैक्ट जानकारी शेयर करें",
  },
};

/** The variable of an authentication template. */
export const codeVariable = "code";

/** What stands for a code in previews; the provider's review has its own. */
export const codeSamples = { [codeVariable]: "123456" };

/**
 * What WhatsApp itself writes in an authentication template (Meta, "Authentication templates"): the business chooses only whether
 * the security line and the expiry are there. A language without words here reads in English until WhatsApp shows its own.
 */
export function presetTexts(language: string) {
  const words = presets[language.split("_")[0] ?? ""] ?? presets.en;
  const { code, advice, expiry, copy, autofill, share } = words ?? {
    code: "",
    advice: "",
    expiry: "",
    copy: "",
    autofill: "",
    share: "",
  };
  return {
    body: (advisesSecrecy: boolean): string => (advisesSecrecy ? `${code} ${advice}` : code),
    footer: (minutes: number | null): string | null =>
      minutes === null ? null : expiry.replace("{minutes}", String(minutes)),
    copy,
    autofill,
    /** On the button that sends the person's number. */
    share,
  };
}

/** `label` and `autofillLabel`: the words of the two buttons where they are not WhatsApp's usual ones. */
export type CodeOptions = {
  minutes: number | null;
  advisesSecrecy: boolean;
  autofill?: Omit<CodeAutofill, "text">;
  label?: string;
  autofillLabel?: string;
};

/** A language of an authentication template: all that WhatsApp will write, and the one button. */
export function codeContent(
  language: string,
  { label, autofillLabel, autofill, ...options }: CodeOptions = { minutes: 10, advisesSecrecy: true },
): DraftContent {
  const { body, footer, copy, autofill: handOver } = presetTexts(language);
  return {
    language,
    header: null,
    body: body(options.advisesSecrecy),
    footer: footer(options.minutes),
    buttons: [
      {
        kind: "one-time-code",
        id: "copy-code",
        text: label ?? copy,
        ...options,
        ...(autofill && { autofill: { ...autofill, text: autofillLabel ?? handOver } }),
      },
    ],
  };
}
