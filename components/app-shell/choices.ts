export const themes = ["system", "light", "dark"] as const;
export type Theme = (typeof themes)[number];

/** Cookies, so that the first byte from the server is already in the right theme and language. public/theme.js reads the first too. */
export const themeCookie = "chasqui-theme";
export const languageCookie = "chasqui-language";

export function rememberChoice(name: string, value: string): void {
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing in Firefox
  document.cookie = `${name}=${value}; path=/; max-age=31536000; samesite=lax`;
}

export function applyTheme(theme: Theme): void {
  rememberChoice(themeCookie, theme);
  const isDark = theme === "dark" || (theme === "system" && matchMedia("(prefers-color-scheme: dark)").matches);
  document.documentElement.classList.toggle("dark", isDark);
}
