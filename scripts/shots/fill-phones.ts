import { demoCustomers } from "#server/demo/demo-customers.ts";
import { loanForm } from "./loan-form.ts";
import { messageKinds } from "./message-kinds.ts";
import { sandboxCalls } from "./sandbox-calls.ts";

type Addresses = { sandboxUrl: string };

/** Brings every kind of message, in both directions, onto the demo customers' phones: by the API and by what customers do. */
export async function fillPhones({ sandboxUrl }: Addresses, picture: Buffer): Promise<void> {
  const calls = await sandboxCalls(sandboxUrl);
  const [files, questions, offers, own] = demoCustomers.map((customer) => customer.phone.replace(/\D/g, ""));
  if (!files || !questions || !offers || !own) throw new Error("The demo has fewer customers than the pictures need.");
  for (const waId of [files, questions, offers, own]) await calls.say(waId, "Hello");
  const picturedId = await calls.upload(picture, "image/png");
  const statementId = await calls.upload(Buffer.from(`%PDF-1.7 ${"statement ".repeat(9_000)}`), "application/pdf");
  const kinds = messageKinds({ picturedId, statementId, now: await calls.now() });
  await calls.makeFlow("loan_check", loanForm);
  for (const message of kinds.files) await calls.send(files, message);
  for (const message of kinds.questions) await calls.send(questions, message);
  for (const template of kinds.templates) await calls.makeTemplate(template);
  for (const message of kinds.offers) await calls.send(offers, message);
  await actAsCustomer(calls, own, picture);
}

async function actAsCustomer(calls: Awaited<ReturnType<typeof sandboxCalls>>, waId: string, picture: Buffer) {
  const asked = await calls.send(waId, {
    type: "interactive",
    interactive: {
      type: "button",
      body: { text: "Is this your new address?" },
      action: {
        buttons: [
          { type: "reply", reply: { id: "yes", title: "Yes, it is" } },
          { type: "reply", reply: { id: "no", title: "No" } },
        ],
      },
    },
  });
  await calls.control("tap", { wamid: asked, button_index: 0 });
  await calls.inbound(waId, "reaction", { message_id: asked, emoji: "👍" });
  await calls.inbound(waId, "image", {
    base64: picture.toString("base64"),
    mime_type: "image/png",
    caption: "My card",
  });
  await calls.inbound(waId, "document", {
    base64: Buffer.from("%PDF-1.7 proof").toString("base64"),
    filename: "Proof_of_address.pdf",
  });
  await calls.inbound(waId, "audio", {});
  await calls.inbound(waId, "location", { latitude: 18.52, longitude: 73.85, name: "FC Road", address: "Pune" });
  await calls.inbound(waId, "contacts", [
    { name: { formatted_name: "Rohan Nair" }, phones: [{ phone: "+91 98 2200 1100" }] },
  ]);
  const typo = await calls.inbound(waId, "text", { body: "Send me the statment" });
  await calls.inbound(waId, "edit", {
    original_message_id: typo,
    message: { type: "text", text: { body: "Send me the statement" } },
  });
  const regretted = await calls.inbound(waId, "text", { body: "Never mind" });
  await calls.inbound(waId, "revoke", { original_message_id: regretted });
  await calls.inbound(waId, "unsupported", {});
  await calls.inbound(waId, "interactive", {
    type: "nfm_reply",
    nfm_reply: { name: "flow", body: "Sent", response_json: '{"flow_token":"t","city":"Pune","income":"50,000"}' },
  });
  await calls.send(waId, { type: "text", text: { body: "Thank you, Priya." }, context: { message_id: typo } });
}
