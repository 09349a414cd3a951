import { expect, test } from "vitest";
import { starters } from "#flow/starters/index.ts";
import { metaCloud } from "../../channels/meta-cloud/meta-cloud.ts";
import { graphVersion } from "../identity.ts";
import { aSandbox, identity } from "../sandbox.fixture.ts";

test("all templates of the starter flows are taken by a new account within an hour", async () => {
  const sandbox = await aSandbox();
  const templates = [...new Map(starters.flatMap((each) => each.templates).map((one) => [one.name, one])).values()];
  const { phoneNumberId, accountId, token, appSecret, verifyToken } = identity;
  const connection = {
    channelId: "c",
    baseUrl: sandbox.url,
    graphVersion,
    phoneNumberId,
    accountId,
    token,
    appSecret,
    verifyToken,
  };
  for (const { name, category, samples, languages } of templates) {
    for (const content of languages) {
      const linkBase = "https://bank.test/r/";
      const answer = await metaCloud.submitTemplate(connection, { name, category, content, samples, linkBase });
      expect(answer).toMatchObject({ outcome: "accepted", status: "approved" });
    }
  }
  await sandbox.remove();
});
