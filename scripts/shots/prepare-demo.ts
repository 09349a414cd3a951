/** Something to look at: events that put messages on the phones, a tap that hands off, and one that the caps hold back. */
export async function prepareDemo(url: string): Promise<void> {
  await track(url, "demo-kwame", "kyc.incomplete", { missing: ["proof of address"] });
  await track(url, "demo-awa", "fraud.suspected", {
    transactionId: "T-9241",
    amount: 18450,
    currency: "XOF",
    merchant: "Électro Dakar",
    cardLast4: "4417",
  });
  await track(url, "demo-diego", "credit.scored", {
    creditScore: 720,
    offerId: "O-77",
    amount: 450000000,
    currency: "COP",
    expiresAt: "2026-12-31",
  });
}

async function track(url: string, userId: string, event: string, properties: Record<string, unknown>): Promise<void> {
  const key = process.env.CHASQUI_DEMO_WRITE_KEY ?? "demo-write-key";
  const answer = await fetch(`${url}/v1/track`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      authorization: `Basic ${Buffer.from(`${key}:`).toString("base64")}`,
    },
    body: JSON.stringify({ userId, event, properties }),
  });
  if (!answer.ok) throw new Error(`The door refused ${event}: ${answer.status} ${await answer.text()}`);
}
