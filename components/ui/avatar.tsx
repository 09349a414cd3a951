import { cn } from "./cn.ts";

const tints = [
  "bg-[#fde4d3] text-[#9a3412] dark:bg-[#4a2a17] dark:text-[#fdba8c]",
  "bg-[#dbe5fe] text-[#1e40af] dark:bg-[#232f5c] dark:text-[#a5b8fc]",
  "bg-[#ccfbef] text-[#115e52] dark:bg-[#123d36] dark:text-[#6ee7cf]",
  "bg-[#fde2ee] text-[#9d174d] dark:bg-[#4a1c33] dark:text-[#f9a8cb]",
  "bg-[#ece4fe] text-[#5b21b6] dark:bg-[#332457] dark:text-[#c4b0fb]",
  "bg-[#fdf0bf] text-[#854d0e] dark:bg-[#423312] dark:text-[#fcd968]",
  "bg-[#dcfce5] text-[#166534] dark:bg-[#173a24] dark:text-[#86e5a5]",
  "bg-[#fee2e2] text-[#991b1b] dark:bg-[#4a1d1d] dark:text-[#fca5a5]",
];

const sizes = { small: "size-5 text-[9px]", normal: "size-7 text-mini", large: "size-9 text-sm" };

function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/).filter(Boolean);
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined].map((word) => [...(word ?? "")][0] ?? "");
  return letters.join("").toUpperCase() || "?";
}

function tintOf(seed: string): string {
  let hash = 0;
  for (const char of seed) hash = (Math.imul(hash, 31) + (char.codePointAt(0) ?? 0)) >>> 0;
  return tints[hash % tints.length] ?? "";
}

type AvatarProps = {
  name: string /** What the tint is made of; the name when absent. */;
  seed?: string;
  size?: keyof typeof sizes;
  className?: string;
};

/** Initials on a tint that is always the same for the same person. Decoration: the name stands beside it. */
export function Avatar({ name, seed, size = "normal", className }: AvatarProps) {
  return (
    <span
      aria-hidden
      // Drawn, not written: initials are no text that a reader or a search would want.
      data-initials={initialsOf(name)}
      className={cn(
        "inline-grid shrink-0 before:content-[attr(data-initials)] select-none place-items-center rounded-full font-semibold",
        sizes[size],
        tintOf(seed ?? name),
        className,
      )}
    />
  );
}
