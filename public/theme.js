// Runs before the first paint, so that a dark page never flashes white. The choice is made in the person menu.
(() => {
  const choice = /(?:^|; )chasqui-theme=(\w+)/.exec(document.cookie)?.[1] ?? "system";
  const system = matchMedia("(prefers-color-scheme: dark)");
  const apply = (theme) =>
    document.documentElement.classList.toggle("dark", theme === "dark" || (theme === "system" && system.matches));
  apply(choice);
  system.addEventListener("change", () => apply(/(?:^|; )chasqui-theme=(\w+)/.exec(document.cookie)?.[1] ?? "system"));
})();
