import type { WrittenMail } from "./write-mail.ts";

type Link = { label: string; url: string };

export type MailParts = {
  language: string;
  subject: string;
  items: { title: string; detail: string | null; link: Link }[];
  /** "and 3 more" */
  more: string | null;
  /** Why the reader gets it. */
  foot: string;
  footLink: Link | null;
};

/** The same content twice: plain text, and HTML that needs no picture, no script and nothing from anywhere. */
export function drawMail(parts: MailParts): WrittenMail {
  // A line break in a subject would begin another header.
  const subject = parts.subject.replace(/\s+/g, " ").slice(0, 200);
  return { subject, text: asText(parts), html: asHtml({ ...parts, subject }) };
}

function asText({ items, more, foot, footLink }: MailParts): string {
  const blocks = items.map(({ title, detail, link }) =>
    [title, detail, `${link.label}: ${link.url}`].filter(Boolean).join("\n"),
  );
  const end = ["--", foot, footLink ? `${footLink.label}: ${footLink.url}` : null].filter(Boolean).join("\n");
  return `${[...blocks, more, end].filter(Boolean).join("\n\n")}\n`;
}

const font = "font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";

function asHtml({ language, subject, items, more, foot, footLink }: MailParts): string {
  const quiet = "margin:16px 0 0;color:#57534e;font-size:13px;line-height:19px";
  return `<!doctype html>
<html lang="${language}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escaped(subject)}</title></head>
<body style="margin:0;padding:24px 12px;background:#f5f5f4;color:#1c1917;${font}">
<div style="max-width:560px;margin:0 auto">
<p style="margin:0 0 12px;font-size:14px;font-weight:600;color:#2346d8">Chasqui</p>
<div style="background:#ffffff;border:1px solid #e7e5e4;border-radius:8px;padding:4px 24px 24px">
${items.map(itemHtml).join("\n")}
${more ? `<p style="${quiet}">${escaped(more)}</p>` : ""}
</div>
<p style="${quiet}">${escaped(foot)}${footLink ? ` <a href="${escaped(footLink.url)}" style="color:#2346d8">${escaped(footLink.label)}</a>` : ""}</p>
</div>
</body>
</html>
`;
}

function itemHtml({ title, detail, link }: MailParts["items"][number]): string {
  const words = detail
    ? `<p style="margin:6px 0 0;font-size:14px;line-height:20px;color:#57534e">${escaped(detail)}</p>`
    : "";
  return `<p style="margin:20px 0 0;font-size:16px;line-height:23px;font-weight:600">${escaped(title)}</p>${words}
<p style="margin:14px 0 0"><a href="${escaped(link.url)}" style="display:inline-block;padding:8px 16px;border-radius:6px;background:#2346d8;color:#ffffff;font-size:14px;font-weight:600;text-decoration:none">${escaped(link.label)}</a></p>`;
}

const entities: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => entities[sign] ?? sign);
