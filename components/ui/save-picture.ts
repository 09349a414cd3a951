/** What a picture's look depends on: taken from the page's styles, which a file has not. */
const looks = [
  ...[
    "fill",
    "fill-opacity",
    "stroke",
    "stroke-width",
    "stroke-dasharray",
    "stroke-linecap",
    "stroke-linejoin",
    "opacity",
  ],
  ...["font-family", "font-size", "font-weight", "font-variant-numeric", "text-anchor"],
];

/** Twice the size on screen: sharp on a slide. */
const scale = 2;
const margin = 24;
const headHeight = 60;

/** What stands above it, so that it says by itself what it shows. */
export type PictureWords = { title: string; about: string };

/** Hands an SVG of the page to the browser as a PNG to keep, in the colours and letters it is seen in. */
export async function savePicture(name: string, svg: SVGSVGElement, words: PictureWords): Promise<void> {
  const { width, height } = svg.getBoundingClientRect();
  const image = await drawn(svg, { width, height });
  const canvas = document.createElement("canvas");
  canvas.width = (width + 2 * margin) * scale;
  canvas.height = (height + headHeight + 2 * margin) * scale;
  const context = canvas.getContext("2d");
  if (!context) return;
  context.scale(scale, scale);
  const card = svg.closest("section") ?? document.body;
  const { backgroundColor, color, fontFamily } = getComputedStyle(card);
  context.fillStyle = backgroundColor;
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.fillStyle = color;
  context.font = `600 18px ${fontFamily}`;
  context.fillText(words.title, margin, margin + 18, width);
  context.font = `400 13px ${fontFamily}`;
  context.globalAlpha = 0.7;
  context.fillText(words.about, margin, margin + 40, width);
  context.globalAlpha = 1;
  context.drawImage(image, margin, margin + headHeight, width, height);
  const link = document.createElement("a");
  link.download = name;
  link.href = canvas.toDataURL("image/png");
  link.click();
}

async function drawn(svg: SVGSVGElement, { width, height }: { width: number; height: number }) {
  const copy = svg.cloneNode(true) as SVGSVGElement;
  const [from, to] = [svg.querySelectorAll("*"), copy.querySelectorAll("*")];
  for (const [index, element] of to.entries()) {
    const style = from[index] ? getComputedStyle(from[index]) : null;
    for (const property of looks) element.setAttribute(property, style?.getPropertyValue(property) ?? "");
    element.removeAttribute("class");
  }
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  copy.setAttribute("width", String(width));
  copy.setAttribute("height", String(height));
  const letters = document.createElementNS("http://www.w3.org/2000/svg", "style");
  letters.textContent = await lettersOf(getComputedStyle(svg).fontFamily);
  copy.prepend(letters);
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(new XMLSerializer().serializeToString(copy))}`;
  await image.decode();
  return image;
}

/**
 * The Latin letters of the first family as a rule that holds them: a picture drawn from a text may fetch nothing, and would be lettered
 * in whatever the machine has. Nothing where they cannot be read.
 */
async function lettersOf(families: string): Promise<string> {
  const family = families.split(",")[0]?.replaceAll(/["']/g, "").trim() ?? "";
  const rules = [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules].map((rule) => ({ rule, sheet })));
  for (const { rule, sheet } of rules) {
    if (!(rule instanceof CSSFontFaceRule)) continue;
    const of = (name: string) => rule.style.getPropertyValue(name);
    if (of("font-family").replaceAll(/["']/g, "") !== family || !/U\+0+-0*FF\b/i.test(of("unicode-range"))) continue;
    const address = /url\("?([^")]+)"?\)/.exec(of("src"))?.[1];
    if (!address) continue;
    const file = await fetch(new URL(address, sheet.href ?? location.href)).then((answer) => answer.blob());
    const held = await new Promise<string>((resolve) => {
      const reader = new FileReader();
      reader.onload = () => resolve(String(reader.result));
      reader.readAsDataURL(file);
    });
    return `@font-face{font-family:"${family}";font-weight:100 900;src:url(${held})}`;
  }
  return "";
}
