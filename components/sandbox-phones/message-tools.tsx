"use client";

import { ChevronDown, CornerUpLeft, SmilePlus, Trash2 } from "lucide-react";
import { DropdownMenu as Radix } from "radix-ui";
import { useTranslations } from "use-intl";
import { cn } from "#components/ui/cn.ts";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "#components/ui/dropdown-menu.tsx";
import type { ChatLine } from "./fold-chat.ts";
import type { PhoneActions } from "./use-phone-actions.ts";

const emoji = ["👍", "❤️", "😂", "😮", "😢", "🙏"];

type MessageToolsProps = { line: ChatLine; onReply: () => void; actions: PhoneActions };

/** What a customer can do with one message: answer it, react, delete their own. Shown on hover and to the keyboard. */
export function MessageTools({ line, onReply, actions }: MessageToolsProps) {
  const t = useTranslations("sandboxPhones.tools");
  const { message, view } = line;
  if (view?.kind === "notice") return null;
  const react = (sign: string) => actions.write({ kind: "reaction", wamid: message.wamid, emoji: sign });
  return (
    <DropdownMenu>
      <DropdownMenuTrigger
        aria-label={t("open")}
        className={cn(
          "absolute top-0.5 grid size-6 place-items-center rounded-full bg-wa-pill text-wa-secondary opacity-0 focus-visible:opacity-100 group-hover/message:opacity-100 data-[state=open]:opacity-100",
          message.isFromBusiness ? "right-0" : "left-0",
        )}
      >
        <ChevronDown aria-hidden className="size-4" />
      </DropdownMenuTrigger>
      <DropdownMenuContent align="start">
        <DropdownMenuLabel className="flex items-center gap-1.5">
          <SmilePlus aria-hidden className="size-3.5" />
          {t("react")}
        </DropdownMenuLabel>
        <div className="flex gap-0.5 px-1">
          {emoji.map((sign) => (
            <Radix.Item
              key={sign}
              onSelect={() => react(sign)}
              aria-label={t("reactWith", { emoji: sign })}
              className="grid size-8 cursor-pointer place-items-center rounded-sm text-base outline-none data-highlighted:bg-hover"
            >
              {sign}
            </Radix.Item>
          ))}
        </div>
        <DropdownMenuSeparator />
        <DropdownMenuItem icon={CornerUpLeft} onSelect={onReply}>
          {t("reply")}
        </DropdownMenuItem>
        {view?.reactions?.length ? (
          <DropdownMenuItem icon={SmilePlus} onSelect={() => react("")}>
            {t("unreact")}
          </DropdownMenuItem>
        ) : null}
        {message.isFromBusiness ? null : (
          <DropdownMenuItem
            icon={Trash2}
            isDanger
            onSelect={() => actions.write({ kind: "delete", wamid: message.wamid })}
          >
            {t("delete")}
          </DropdownMenuItem>
        )}
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
