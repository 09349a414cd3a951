"use client";

import { CircleUserRound, FileText, Image as ImageIcon, MapPin, Mic, Paperclip } from "lucide-react";
import { useRef } from "react";
import { useTranslations } from "use-intl";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuTrigger,
} from "#components/ui/dropdown-menu.tsx";

const accepted = {
  photo: "image/jpeg,image/png,image/webp,video/mp4,video/3gpp",
  document: ".pdf,.txt,.doc,.docx,.xls,.xlsx,.ppt,.pptx",
  voice: "audio/ogg,audio/mpeg,audio/mp4,audio/aac,audio/amr",
};

type AttachMenuProps = {
  isDisabled: boolean;
  onFile: (file: File) => void;
  onPlace: () => void;
  onPerson: () => void;
};

/** The paper clip: a file from this computer, a place, a contact. */
export function AttachMenu({ isDisabled, onFile, onPlace, onPerson }: AttachMenuProps) {
  const t = useTranslations("sandboxPhones.attach");
  const input = useRef<HTMLInputElement>(null);
  const pick = (kind: keyof typeof accepted) => {
    if (!input.current) return;
    input.current.accept = accepted[kind];
    input.current.click();
  };
  return (
    <>
      <input
        ref={input}
        type="file"
        hidden
        tabIndex={-1}
        aria-label={t("file")}
        onChange={({ currentTarget }) => {
          const file = currentTarget.files?.[0];
          if (file) onFile(file);
          // The same file once more is a change, too.
          currentTarget.value = "";
        }}
      />
      <DropdownMenu>
        <DropdownMenuTrigger
          aria-label={t("open")}
          disabled={isDisabled}
          className="grid size-7 shrink-0 place-items-center rounded-full text-wa-secondary hover:bg-wa-attachment disabled:opacity-50"
        >
          <Paperclip aria-hidden className="size-4" />
        </DropdownMenuTrigger>
        <DropdownMenuContent side="top">
          <DropdownMenuItem icon={ImageIcon} onSelect={() => pick("photo")}>
            {t("photo")}
          </DropdownMenuItem>
          <DropdownMenuItem icon={FileText} onSelect={() => pick("document")}>
            {t("document")}
          </DropdownMenuItem>
          <DropdownMenuItem icon={Mic} onSelect={() => pick("voice")}>
            {t("voice")}
          </DropdownMenuItem>
          <DropdownMenuItem icon={MapPin} onSelect={onPlace}>
            {t("place")}
          </DropdownMenuItem>
          <DropdownMenuItem icon={CircleUserRound} onSelect={onPerson}>
            {t("person")}
          </DropdownMenuItem>
        </DropdownMenuContent>
      </DropdownMenu>
    </>
  );
}
