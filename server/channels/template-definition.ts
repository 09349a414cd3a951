/** Text with variables: {{1}} or {{first_name}}; `samples` by the same names, one for each. */
export type SampledText = { text: string; samples?: Record<string, string> };

export type DefinedHeader =
  | ({ kind: "text" } & SampledText)
  /** `handle` of an uploaded sample. */
  | { kind: "image" | "video" | "document"; handle: string }
  | { kind: "location" }
  | { kind: "product" };

export type DefinedButton =
  | { kind: "quick-reply"; text: string }
  /** One variable at most, at the very end; `sample` is the whole address or what stands for the variable. */
  | { kind: "url"; text: string; url: string; sample?: string }
  | { kind: "phone"; text: string; phone: string }
  | { kind: "coupon"; sample: string }
  | { kind: "flow"; text: string; flow: { id: string } | { name: string } | { json: string }; screen?: string }
  | {
      kind: "one-time-code";
      type: "copy-code" | "one-tap" | "zero-tap";
      text?: string;
      autofillText?: string;
      apps?: { packageName: string; signatureHash: string }[];
      acceptsZeroTapTerms?: boolean;
    }
  | { kind: "voice-call"; text: string; minutes?: number }
  | { kind: "catalog" | "products" | "product" | "order"; text: string }
  | { kind: "contact-request" };

export type DefinedCard = { header: DefinedHeader; body?: SampledText; buttons: DefinedButton[] };

/** One language of a template with everything that a provider may know of it. */
export type TemplateDefinition = {
  name: string;
  language: string;
  category: "utility" | "marketing" | "authentication";
  variables: "named" | "numbered";
  /** How long a message of it may wait for its person's phone. */
  ttlSeconds?: number;
  header?: DefinedHeader;
  /** A one-time code's text is the provider's own. */
  body: SampledText | { advisesSecrecy: boolean };
  footer?: { text: string } | { codeMinutes: number };
  buttons?: DefinedButton[];
  cards?: DefinedCard[];
  offer?: { text: string; hasEnd: boolean };
  /** What the provider wants said of a template for orders: one to pay, or how far one is. */
  about?: "order" | "order-status";
};

/** Made from a ready text of the provider's library: approved at once. */
export type LibraryTemplate = {
  name: string;
  language: string;
  category: "utility" | "marketing" | "authentication";
  libraryName: string;
  buttons?: ({ kind: "url"; url: string; sample?: string } | { kind: "phone"; phone: string })[];
};
