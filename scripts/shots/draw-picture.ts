import type { Browser } from "@playwright/test";

const banner = `
  <body style="margin:0">
    <svg xmlns="http://www.w3.org/2000/svg" width="640" height="336" viewBox="0 0 640 336" style="display:block">
      <rect width="640" height="336" fill="#14524f" />
      <path d="M0 250 L150 160 L270 240 L420 140 L640 260 V336 H0 Z" fill="#1a665f" />
      <rect x="392" y="92" width="190" height="120" rx="12" fill="#e8a33d" transform="rotate(-6 487 152)" />
      <rect x="408" y="122" width="34" height="26" rx="5" fill="#fbe3b5" transform="rotate(-6 487 152)" />
      <text x="44" y="66" font-family="Inter, sans-serif" font-size="22" fill="#cfe7e3">Banco Demo</text>
      <text x="44" y="152" font-family="Inter, sans-serif" font-size="46" font-weight="700" fill="#fff">Your card,</text>
      <text x="44" y="206" font-family="Inter, sans-serif" font-size="46" font-weight="700" fill="#fff">your way</text>
    </svg>
  </body>`;

/** A bank's picture as a PNG, drawn here: the repository holds no photographs. */
export async function drawPicture(browser: Browser): Promise<Buffer> {
  const page = await browser.newPage({ viewport: { width: 640, height: 336 } });
  try {
    await page.setContent(banner);
    return await page.screenshot();
  } finally {
    await page.close();
  }
}
