"use client";

import { CircleAlert } from "lucide-react";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { Button } from "#components/ui/button.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { CodeField } from "#components/ui/code-field.tsx";
import type { CodeKind, SignIn } from "./use-sign-in.ts";

/** The second step of signing in: a code of the app, or a recovery code when the phone is not there. */
export function CodeForm({ signIn }: { signIn: SignIn }) {
  const t = useTranslations("signIn");
  const [kind, setKind] = useState<CodeKind>("app");
  const [code, setCode] = useState("");
  const isApp = kind === "app";
  const change = (next: CodeKind) => {
    setKind(next);
    setCode("");
  };
  return (
    <form
      className="space-y-4"
      onSubmit={(event) => {
        event.preventDefault();
        void signIn.submitCode(code, kind);
      }}
    >
      <div role="alert">
        {signIn.problem ? (
          <Callout tone="danger" icon={CircleAlert}>
            {t(`problems.${signIn.problem}`)}
          </Callout>
        ) : null}
      </div>
      <CodeField
        key={kind}
        label={t(isApp ? "code" : "recoveryCode")}
        help={t(isApp ? "secondBody" : "recoveryBody")}
        value={code}
        onChange={setCode}
        isFocused
      />
      <Button
        type="submit"
        variant="primary"
        className="w-full"
        isBusy={signIn.busyWith !== null}
        disabled={code.trim() === ""}
      >
        {t("submit")}
      </Button>
      <div className="flex flex-wrap justify-between gap-x-4 gap-y-2">
        <Button variant="link" onClick={() => change(isApp ? "recovery" : "app")}>
          {t(isApp ? "useRecovery" : "useApp")}
        </Button>
        <Button variant="link" onClick={signIn.startOver}>
          {t("back")}
        </Button>
      </div>
    </form>
  );
}
