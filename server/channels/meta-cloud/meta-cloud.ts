import type { Channel } from "../channel.ts";
import { checkConnection } from "./check-connection.ts";
import { deleteMedia, downloadMedia, uploadMedia } from "./media-calls.ts";
import { block, listBlocked, markRead, readProfile, unblock, writeProfile } from "./number-calls.ts";
import { parseWebhook } from "./parse.ts";
import { readLimits } from "./read-limits.ts";
import { send } from "./send.ts";
import { answerHandshake, isGenuine, signedProbe } from "./signature.ts";
import { submitTemplate } from "./submit-template.ts";
import { subscribe } from "./subscribe.ts";
import { createTemplate, deleteTemplate, editTemplate, listLibrary, listTemplates } from "./template-calls.ts";

/** WhatsApp Cloud API of Meta, and of every server that speaks like it: the sandbox is reached by nothing but its base URL. */
export const metaCloud: Channel = {
  provider: "meta-cloud",
  send,
  readLimits,
  checkConnection,
  subscribe,
  signedProbe,
  submitTemplate,
  isGenuine,
  answerHandshake,
  parse: parseWebhook,
  markRead,
  uploadMedia,
  downloadMedia,
  deleteMedia,
  readProfile,
  writeProfile,
  block,
  unblock,
  listBlocked,
  listTemplates,
  createTemplate,
  editTemplate,
  deleteTemplate,
  listLibrary,
};
