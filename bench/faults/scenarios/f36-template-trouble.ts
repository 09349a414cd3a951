import { setTimeout as delay } from "node:timers/promises";
import { defineFault } from "../contract.ts";

/** The templates whose fate changes while people wait for their messages. */
const paused = "service_note";
const rejected = "marketing_note";
const moved = "transaction_note";

let changedAt = 0;
let endedAt = 0;

/** The provider pauses one template, rejects another and moves a third to marketing, while enrollments wait for them. */
export const templateTrouble = defineFault({
  id: "F36",
  title: "a template is paused, one rejected, one moved to marketing",
  allows: {
    skipped: ["template-paused", "template-not-approved", "no-consent", "consent-withdrawn", "frequency-cap"],
    // What left before the news came, and the provider did not take any more.
    failed: ["provider-refused", "template-paused"],
  },
  inject: async ({ stack, world, note }) => {
    const decide = async (name: string, event: string) => {
      const [row] = await stack.query<{ id: string }>(
        `select l.template_id as id from template_language l join template t on t.id = l.template_id
         where t.workspace_id = $1 and t.name = $2`,
        [world.workspaceId, name],
      );
      await stack.query("update template_language set status = $2 where template_id = $1", [row?.id, event]);
    };
    await decide(paused, "paused");
    await decide(rejected, "rejected");
    const category = "update template set category = $3 where workspace_id = $1 and name = $2";
    await stack.query(category, [world.workspaceId, moved, "marketing"]);
    changedAt = stack.now();
    await delay(8_000);
    endedAt = stack.now();
    await decide(paused, "approved");
    await decide(rejected, "approved");
    await stack.query(category, [world.workspaceId, moved, "utility"]);
    note("held back", await stack.count("select count(*) as n from message where reason like 'template-%'"));
  },
  expect: (_, facts) => {
    const known = new Map(facts.people.map((person) => [person.phone.slice(1), person]));
    // A call that was under way arrives within a second.
    const during = facts.provider.filter(({ at }) => at > changedAt + 1_000 && at < endedAt);
    const halted = during.filter(({ template }) => template === paused || template === rejected).length;
    const unasked = during.filter(
      ({ template, to }) => template === moved && known.get(to)?.consents.marketing !== "granted",
    ).length;
    const blocked = facts.messages.filter(({ reason }) => reason?.startsWith("template-"));
    const stuck = new Set(blocked.map(({ enrollmentId }) => enrollmentId));
    const waiting = facts.enrollments.filter(({ id, status }) => stuck.has(id) && status === "waiting").length;
    return [
      ...(halted > 0 ? [`${halted} messages left by a template that was paused or rejected`] : []),
      ...(unasked > 0 ? [`${unasked} messages left by a marketing template without that consent`] : []),
      ...(blocked.length === 0 ? ["no message was held back"] : []),
      ...(waiting > 0 ? [`${waiting} enrollments did not take the way out of what is blocked`] : []),
    ];
  },
});
