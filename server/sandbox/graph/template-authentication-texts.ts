type Words = { body: string; advice: string; footer: string; copy: string; autofill: string };

/** The preset texts by language; a regional variant without its own uses its language's, the rest English. */
const words: Record<string, Words> = {
  en: {
    body: "*{{1}}* is your verification code.",
    advice: "For your security, do not share this code.",
    footer: "This code expires in {{n}} minutes.",
    copy: "Copy code",
    autofill: "Autofill",
  },
  fr: {
    body: "*{{1}}* est votre code de vérification.",
    advice: "Pour votre sécurité, ne le communiquez à personne.",
    footer: "Ce code expire dans {{n}} minutes.",
    copy: "Copier le code",
    autofill: "Remplir",
  },
  es: {
    body: "*{{1}}* es tu código de verificación.",
    advice: "Por tu seguridad, no lo compartas.",
    footer: "Este código caduca en {{n}} minutos.",
    copy: "Copiar código",
    autofill: "Autocompletar",
  },
  pt: {
    body: "*{{1}}* é o seu código de verificação.",
    advice: "Para sua segurança, não o compartilhe.",
    footer: "Este código expira em {{n}} minutos.",
    copy: "Copiar código",
    autofill: "Preencher",
  },
  de: {
    body: "*{{1}}* ist dein Bestätigungscode.",
    advice: "Teile diesen Code zu deiner Sicherheit mit niemandem.",
    footer: "Dieser Code läuft in {{n}} Minuten ab.",
    copy: "Code kopieren",
    autofill: "Ausfüllen",
  },
  it: {
    body: "*{{1}}* è il tuo codice di verifica.",
    advice: "Per la tua sicurezza, non condividerlo.",
    footer: "Questo codice scade tra {{n}} minuti.",
    copy: "Copia codice",
    autofill: "Compila",
  },
  id: {
    body: "*{{1}}* adalah kode verifikasi Anda.",
    advice: "Demi keamanan, jangan bagikan kode ini.",
    footer: "Kode ini kedaluwarsa dalam {{n}} menit.",
    copy: "Salin kode",
    autofill: "Isi otomatis",
  },
  hi: {
    body: "*{{1}}* आपका सत्यापन कोड है।",
    advice: "अपनी सुरक्षा के लिए, यह कोड किसी से साझा न करें।",
    footer: "यह कोड {{n}} मिनट में समाप्त हो जाएगा।",
    copy: "कोड कॉपी करें",
    autofill: "अपने आप भरें",
  },
  ar: {
    body: "*{{1}}* هو رمز التحقق الخاص بك.",
    advice: "حفاظًا على أمانك، لا تشارك هذا الرمز.",
    footer: "تنتهي صلاحية هذا الرمز خلال {{n}} دقيقة.",
    copy: "نسخ الرمز",
    autofill: "ملء تلقائي",
  },
};

/** The texts Meta sets itself in authentication templates (section 4), in our own words; {{1}} is the code. */
export function authenticationTexts(language: string) {
  const found = words[language.split("_")[0] ?? ""] ?? words.en;
  const { body = "", advice = "", footer = "", copy = "", autofill = "" } = found ?? {};
  return {
    body: (hasAdvice: boolean): string => (hasAdvice ? `${body} ${advice}` : body),
    footer: (minutes: number): string => footer.replace("{{n}}", String(minutes)),
    copy,
    autofill,
  };
}
