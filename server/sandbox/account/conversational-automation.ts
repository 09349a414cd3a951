import { z } from "zod";
import type { JsonObject } from "#flow/json.ts";
import { GraphError } from "../graph-error.ts";
import type { Sandbox } from "../sandbox.ts";
import { parse } from "./read-parameters.ts";

const mostCommands = 30;
const mostPrompts = 3;
const longestPrompt = 80;
const longestCommand = 32;
const longestDescription = 256;

const Automation = z.looseObject({
  enable_welcome_message: z.boolean().optional(),
  commands: z.array(z.looseObject({ command_name: z.string(), command_description: z.string() })).optional(),
  prompts: z.array(z.string()).optional(),
});

/** Meta's words for what it refuses here come as the message itself. */
const refused = (message: string, http = 400) =>
  new GraphError(100, null, { http, message, type: http === 422 ? "GraphMethodException" : "OAuthException" });

/** POST /P/conversational_automation: commands and prompts; each list that is given replaces the one before. */
export async function setAutomation(sandbox: Sandbox, parameters: JsonObject): Promise<object> {
  const { commands, prompts, enable_welcome_message } = parse(Automation, parameters);
  const { account } = sandbox.world;
  if (!account.registration.isVerified)
    throw refused("Phone number must be verified before configuring conversational automation", 422);
  if (prompts) checkPrompts(prompts);
  if (commands) checkCommands(commands.map((command) => [command.command_name, command.command_description]));
  const automation: JsonObject = { ...account.automation };
  if (commands)
    automation.commands = commands.map(({ command_name, command_description }) => ({
      command_name,
      command_description,
    }));
  if (prompts) automation.prompts = prompts;
  // The welcome message was withdrawn in 2026: the field is taken and does nothing.
  if (enable_welcome_message !== undefined) automation.enable_welcome_message = enable_welcome_message;
  await sandbox.commit({ k: "automation", automation });
  return { success: true };
}

function checkPrompts(prompts: string[]): void {
  if (prompts.length > mostPrompts) throw refused(`Too many prompts provided. Maximum allowed is ${mostPrompts}`);
  if (prompts.some((prompt) => prompt.length > longestPrompt || prompt === ""))
    throw refused(`Prompt text exceeds maximum length of ${longestPrompt} characters`);
}

function checkCommands(commands: [name: string, description: string][]): void {
  if (commands.length > mostCommands) throw refused(`Too many commands provided. Maximum allowed is ${mostCommands}`);
  const seen = new Set<string>();
  for (const [name, description] of commands) {
    if (!/^[A-Za-z0-9_]+$/.test(name) || name.length > longestCommand)
      throw refused(
        "Invalid command name format. Command names must contain only alphanumeric characters and underscores",
      );
    if (description.length > longestDescription || description === "")
      throw refused(`Command description exceeds maximum length of ${longestDescription} characters`);
    if (seen.has(name)) throw refused(`Command names must be unique. Duplicate command name found: ${name}`, 422);
    seen.add(name);
  }
}

/** GET /P/conversational_automation, and the number's field of that name. */
export const getAutomation = (sandbox: Sandbox): object => ({
  commands: sandbox.world.account.automation.commands ?? [],
  prompts: sandbox.world.account.automation.prompts ?? [],
  id: sandbox.identity.phoneNumberId,
});
