import type { FormLanguage } from "#db/schema/index.ts";

/** A small page of ours for people outside the company: no script, nothing loaded, works on any phone. */
export type Page = { language: FormLanguage; title: string; company: string | null; content: Markup };

/** Text that is already HTML. Everything else that goes into `html` is escaped. */
export type Markup = { html: string };

const escapes: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
const escapeText = (text: string) => text.replace(/[&<>"']/g, (char) => escapes[char] ?? char);

/** Builds markup; a value is escaped unless it is markup itself. */
export function html(strings: TemplateStringsArray, ...values: (string | Markup | Markup[])[]): Markup {
  const written = values.map((value) => {
    if (typeof value === "string") return escapeText(value);
    return Array.isArray(value) ? value.map((part) => part.html).join("") : value.html;
  });
  return { html: String.raw({ raw: strings }, ...written) };
}

export const nothing: Markup = { html: "" };

const style = `
:root{color-scheme:light dark;--bg:#fafaf9;--surface:#fff;--sunken:#f5f5f4;--line:#e7e5e4;--strong:#d6d3d1;--ink:#1c1917;--soft:#57534e;--accent:#2346d8;--on-accent:#fff;--good:#15803d;--bad:#b91c1c;--bad-tint:#fef2f2}
@media (prefers-color-scheme:dark){:root{--bg:#171513;--surface:#1f1d1b;--sunken:#141210;--line:#34302c;--strong:#57514b;--ink:#f5f5f4;--soft:#a8a29e;--accent:#8da2fb;--on-accent:#171513;--good:#4ade80;--bad:#fca5a5;--bad-tint:#2a1717}}
*{box-sizing:border-box;margin:0}
body{background:var(--bg);color:var(--ink);font:16px/24px "Inter Variable",Inter,system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;min-height:100dvh;display:flex;flex-direction:column;align-items:center;padding:24px 16px;-webkit-text-size-adjust:100%}
main{width:100%;max-width:440px;background:var(--surface);border:1px solid var(--line);border-radius:10px;padding:24px;margin:auto 0}
.company{font-size:13px;line-height:18px;color:var(--soft);font-weight:500;margin-bottom:12px;overflow-wrap:anywhere}
h1{font-size:20px;line-height:28px;font-weight:600;letter-spacing:-.01em;text-wrap:balance}
p{color:var(--soft);margin-top:8px}
form{margin-top:20px;display:grid;gap:20px}
label,legend{display:block;font-size:14px;line-height:20px;font-weight:500;margin-bottom:6px;padding:0}
fieldset{border:0;padding:0;min-width:0;display:grid;gap:12px}
.choice{display:grid;grid-template-columns:24px 1fr;gap:12px;padding:12px;border:1px solid var(--strong);border-radius:8px}
.choice input{width:24px;height:24px;margin:0;accent-color:var(--accent)}
.choice label{margin:0;font-weight:400;font-size:15px;line-height:22px}
select,input[type=tel],input[type=file]{width:100%;font:inherit;color:var(--ink);background:var(--surface);border:1px solid var(--strong);border-radius:8px;min-height:48px;padding:11px 12px}
input[type=file]{border-style:dashed;background:var(--sunken);padding:16px 12px}
input[type=file]::file-selector-button{font:inherit;font-weight:500;color:var(--ink);background:var(--surface);border:1px solid var(--strong);border-radius:8px;padding:8px 12px;margin-right:12px}
.hint{font-size:13px;line-height:18px;margin-top:6px}
button{font:inherit;font-weight:600;color:var(--on-accent);background:var(--accent);border:0;border-radius:8px;min-height:48px;width:100%;cursor:pointer}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
.problem{margin-top:16px;padding:12px;border-radius:8px;background:var(--bad-tint);color:var(--bad);font-size:14px;line-height:20px}
.away{position:absolute;left:-9999px}
.languages{display:flex;gap:16px;margin-bottom:12px;font-size:13px;line-height:18px}
a{color:var(--accent)}
.languages [aria-current]{color:var(--ink);text-decoration:none;font-weight:600}
.quoted{padding:12px;border-radius:8px;background:var(--sunken);color:var(--ink);font-weight:500;overflow-wrap:anywhere}
a.button{display:grid;place-items:center;margin-top:16px;font-weight:600;color:var(--on-accent);background:var(--accent);border-radius:8px;min-height:48px;text-decoration:none}
.mark{width:40px;height:40px;margin-bottom:16px;color:var(--good)}
footer{margin-top:16px;font-size:12px;line-height:16px;color:var(--soft)}`;

export function renderPage({ language, title, company, content }: Page): string {
  const owner = company ? html`<p class="company">${company}</p>` : nothing;
  const body = html`<main>${owner}${content}</main><footer>Chasqui</footer>`;
  const head = html`<meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex"><title>${title}</title>`;
  return `<!doctype html><html lang="${language}"><head>${head.html}<style>${style}</style></head><body>${body.html}</body></html>`;
}
