import { accountUpdate } from "./account-update.ts";
import { chatbot } from "./chatbot.ts";
import { csatAndTips } from "./csat-and-tips.ts";
import { fraudAlert } from "./fraud-alert.ts";
import { kycReminder } from "./kyc-reminder.ts";
import { loanPreApproval } from "./loan-pre-approval.ts";
import { paymentReminder } from "./payment-reminder.ts";
import type { Starter } from "./starter.ts";
import { transactionAlert } from "./transaction-alert.ts";

export type { Starter };

/** The use cases that work out of the box, in the gallery's order. */
export const starters: readonly Starter[] = [
  kycReminder,
  loanPreApproval,
  paymentReminder,
  fraudAlert,
  transactionAlert,
  accountUpdate,
  chatbot,
  csatAndTips,
];
