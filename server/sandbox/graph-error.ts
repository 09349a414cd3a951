/** Meta's error titles and HTTP statuses by code (contract section 14). */
const known: Record<number, { title: string; http: number }> = {
  1: { title: "An unknown error occurred", http: 400 },
  2: { title: "Service temporarily unavailable", http: 503 },
  4: { title: "Application request limit reached", http: 400 },
  10: { title: "Application does not have permission for this action", http: 403 },
  33: { title: "Parameter value is not valid", http: 400 },
  100: { title: "Invalid parameter", http: 400 },
  190: { title: "Invalid OAuth access token - Cannot parse access token", http: 401 },
  200: { title: "Provide valid app ID", http: 403 },
  368: { title: "Temporarily blocked for policies violations", http: 403 },
  2200: { title: "Callback verification failed", http: 400 },
  2635: {
    title: "You are calling a deprecated version of the Ads API. Please update to the latest version.",
    http: 400,
  },
  80007: { title: "Rate limit issues", http: 400 },
  80008: { title: "There have been too many calls to this WhatsApp Business account", http: 400 },
  130403: { title: "User is blocked", http: 400 },
  130429: { title: "Rate limit hit", http: 429 },
  130472: { title: "User's number is part of an experiment", http: 400 },
  130497: { title: "Business account is restricted from messaging users in this country", http: 403 },
  131000: { title: "Something went wrong", http: 500 },
  131005: { title: "Access denied", http: 403 },
  131008: { title: "Required parameter is missing", http: 400 },
  131009: { title: "Parameter value is not valid", http: 400 },
  131016: { title: "Service unavailable", http: 503 },
  131021: { title: "Recipient cannot be sender", http: 400 },
  131026: { title: "Message undeliverable", http: 400 },
  131030: { title: "Recipient phone number not in allowed list", http: 400 },
  131031: { title: "Business Account locked", http: 403 },
  131037: { title: "WhatsApp provided number needs display name approval before message can be sent", http: 400 },
  131042: { title: "Business eligibility payment issue", http: 400 },
  131045: { title: "Incorrect certificate", http: 500 },
  131047: { title: "Re-engagement message", http: 400 },
  131048: { title: "Spam rate limit hit", http: 429 },
  131049: { title: "This message was not delivered to maintain healthy ecosystem engagement.", http: 400 },
  131050: { title: "User has stopped marketing messages from your business", http: 400 },
  131051: { title: "Unsupported message type", http: 400 },
  131052: { title: "Media download error", http: 400 },
  131053: { title: "Media upload error", http: 400 },
  131055: { title: "Method not allowed", http: 400 },
  131056: { title: "(Business Account, Consumer Account) pair rate limit hit", http: 429 },
  131057: { title: "Business Account is in maintenance mode", http: 500 },
  131062: { title: "Business-scoped user IDs are not supported for this message", http: 400 },
  131063: { title: "Marketing templates are disabled on Cloud API for this account", http: 400 },
  131064: { title: "Messaging limited due to miscategorised templates", http: 400 },
  132000: { title: "Number of parameters does not match the expected number of params", http: 400 },
  132001: { title: "Template name does not exist in the translation", http: 404 },
  132005: { title: "Translation text too long", http: 400 },
  132007: { title: "Template content policy violated", http: 400 },
  132012: { title: "Parameter format does not match format in the created template", http: 400 },
  132015: { title: "Template is paused", http: 400 },
  132016: { title: "Template is disabled", http: 400 },
  132018: { title: "There is an issue with the parameters in your template", http: 400 },
  132068: { title: "Flow is blocked", http: 400 },
  132069: { title: "Flow is throttled", http: 400 },
  133004: { title: "Server temporarily unavailable", http: 503 },
  133010: { title: "Phone number not registered", http: 400 },
  134011: { title: "WhatsApp Pay Terms of Service has not been accepted", http: 500 },
  134100: { title: "Only marketing messages are supported by this API", http: 400 },
  134101: { title: "Template is syncing to the Marketing Messages API", http: 500 },
  134102: { title: "Template is not available for the Marketing Messages API", http: 400 },
  135000: { title: "Generic user error", http: 400 },
  133000: { title: "Incomplete deregistration", http: 400 },
  133005: { title: "Two step verification PIN mismatch", http: 400 },
  133006: { title: "Phone number re-verification needed", http: 400 },
  133008: { title: "Too many two step verification PIN guesses", http: 400 },
  133009: { title: "Two step verification PIN guessed too fast", http: 400 },
  133015: { title: "Please wait a few minutes before attempting to register this phone number", http: 400 },
  133016: { title: "Account register deregister rate limit exceeded", http: 400 },
  136024: { title: "Request code error", http: 400 },
  136025: { title: "Verify code error", http: 400 },
  137000: { title: "Recipient identity key hash does not match", http: 400 },
  139000: { title: "Flow could not be created or changed", http: 400 },
  139001: { title: "Attempted to update published flow", http: 400 },
  139002: { title: "Publishing flow in invalid state", http: 400 },
  139003: { title: "Deprecating flow in invalid state", http: 400 },
  139004: { title: "Deleting flow in invalid state", http: 400 },
  139100: { title: "Failed to block/unblock some users", http: 400 },
  139101: { title: "Blocklist limit reached", http: 400 },
  147001: { title: "Username is not valid", http: 400 },
  147002: { title: "Username is not available", http: 400 },
  200006: { title: "Template Insights cannot be disabled", http: 400 },
  200007: { title: "Template Insights is not enabled", http: 400 },
};

export const errorTitle = (code: number): string => known[code]?.title ?? "Something went wrong";

type Extra = {
  subcode?: number;
  userTitle?: string;
  userMessage?: string;
  http?: number;
  retryAfterSeconds?: number;
  /** The whole message, where Meta writes a sentence instead of the code's title. */
  message?: string;
  type?: "OAuthException" | "GraphMethodException";
  /** What stands in the answer beside the error: a call that was carried out in part. */
  beside?: object;
};

/** A refusal as Meta answers it. `details` goes to error_data; null leaves error_data out, as Meta does for tokens and ids. */
export class GraphError extends Error {
  readonly code: number;
  readonly details: string | null;
  readonly extra: Extra;

  constructor(code: number, details: string | null, extra: Extra = {}) {
    super(errorTitle(code));
    this.code = code;
    this.details = details;
    this.extra = extra;
  }

  get httpStatus(): number {
    return this.extra.http ?? known[this.code]?.http ?? 400;
  }

  /** The answer's body; `traceId` stands in for Meta's fbtrace_id. */
  body(traceId: string): object {
    const { subcode, userTitle, userMessage, message, type = "OAuthException", beside } = this.extra;
    return {
      ...beside,
      error: {
        message: message ?? (this.code === 190 ? this.message : `(#${this.code}) ${this.message}`),
        type,
        code: this.code,
        ...(subcode === undefined ? {} : { error_subcode: subcode }),
        ...(userTitle ? { is_transient: false, error_user_title: userTitle, error_user_msg: userMessage } : {}),
        ...(this.details === null ? {} : { error_data: { messaging_product: "whatsapp", details: this.details } }),
        fbtrace_id: traceId,
      },
    };
  }
}

/** What Meta says of an id it does not know or that belongs to somebody else (section 2.1). */
export const unknownObject = (id: string): GraphError =>
  new GraphError(100, `Unsupported request. Object with ID '${id}' does not exist or cannot be loaded.`, {
    subcode: 33,
  });
