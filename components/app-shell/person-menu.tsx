"use client";

import { useMutation } from "@tanstack/react-query";
import { LogOut, Monitor, Moon, Sun, UserRoundCog } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useTranslations } from "use-intl";
import { useSession } from "#components/session/session-provider.tsx";
import { useTRPC } from "#components/trpc-provider/trpc-provider.tsx";
import { Avatar } from "#components/ui/avatar.tsx";
import { Chip } from "#components/ui/chip.tsx";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuRadioGroup,
  DropdownMenuRadioItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "#components/ui/dropdown-menu.tsx";
import { toast } from "#components/ui/toaster.tsx";
import { languageCookie, rememberChoice, themes } from "./choices.ts";
import { useTheme } from "./theme-provider.tsx";

const themeIcons = { system: Monitor, light: Sun, dark: Moon };

/** Language names are in their own language, whatever the interface's is. */
const languageNames = { en: "English", fr: "Français" };

/** Who I am, my language and theme, the way out. */
export function PersonMenu({ side }: { side: "right" | "bottom" }) {
  const t = useTranslations("shell.person");
  const session = useSession();
  const { theme, choose } = useTheme();
  const setLanguage = useSetLanguage();
  return (
    <DropdownMenu>
      <DropdownMenuTrigger
        aria-label={t("menu", { name: session.name })}
        className="grid size-9 place-items-center rounded-full"
      >
        <Avatar name={session.name} />
      </DropdownMenuTrigger>
      <DropdownMenuContent side={side} align="end" className="w-60">
        <div className="flex items-center gap-2.5 px-2 py-2">
          <Avatar name={session.name} size="large" />
          <div className="min-w-0">
            <p className="truncate font-semibold text-sm">{session.name}</p>
            <p className="truncate text-secondary text-xs">{session.email}</p>
          </div>
        </div>
        <div className="px-2 pb-2">
          <Chip>{t(`roles.${session.role}`)}</Chip>
        </div>
        <DropdownMenuSeparator />
        <DropdownMenuItem asChild>
          <Link href="/account">
            <UserRoundCog aria-hidden className="text-secondary" />
            {t("account")}
          </Link>
        </DropdownMenuItem>
        <DropdownMenuSeparator />
        <DropdownMenuLabel>{t("language")}</DropdownMenuLabel>
        <DropdownMenuRadioGroup value={session.language} onValueChange={setLanguage}>
          {Object.entries(languageNames).map(([language, name]) => (
            <DropdownMenuRadioItem key={language} value={language} lang={language}>
              {name}
            </DropdownMenuRadioItem>
          ))}
        </DropdownMenuRadioGroup>
        <DropdownMenuSeparator />
        <DropdownMenuLabel>{t("theme")}</DropdownMenuLabel>
        <DropdownMenuRadioGroup
          value={theme}
          onValueChange={(value) => choose(themes.find((known) => known === value) ?? "system")}
        >
          {themes.map((known) => {
            const Icon = themeIcons[known];
            return (
              <DropdownMenuRadioItem key={known} value={known} onSelect={(event) => event.preventDefault()}>
                <Icon aria-hidden className="text-secondary" />
                {t(`themes.${known}`)}
              </DropdownMenuRadioItem>
            );
          })}
        </DropdownMenuRadioGroup>
        <DropdownMenuSeparator />
        <DropdownMenuItem icon={LogOut} onSelect={signOut}>
          {t("signOut")}
        </DropdownMenuItem>
      </DropdownMenuContent>
    </DropdownMenu>
  );
}

function useSetLanguage(): (language: string) => void {
  const t = useTranslations("common");
  const trpc = useTRPC();
  const router = useRouter();
  const { mutate } = useMutation(
    trpc.me.setLanguage.mutationOptions({ onSuccess: () => router.refresh(), onError: () => toast.error(t("failed")) }),
  );
  return (language) => {
    if (language !== "en" && language !== "fr") return;
    // Kept on this browser too: the sign-in page speaks the same language afterwards.
    rememberChoice(languageCookie, language);
    mutate({ language });
  };
}

async function signOut(): Promise<void> {
  await fetch("/api/auth/sign-out", { method: "POST", headers: { "content-type": "application/json" }, body: "{}" });
  // A full load: nothing of this person may stay in memory.
  window.location.assign("/sign-in");
}
