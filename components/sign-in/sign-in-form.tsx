"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { CircleAlert } from "lucide-react";
import { useForm } from "react-hook-form";
import { useTranslations } from "use-intl";
import { z } from "zod";
import { Button } from "#components/ui/button.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import type { SignIn } from "./use-sign-in.ts";

const Credentials = z.object({ email: z.email(), password: z.string().min(1) });

export function SignInForm({ signIn }: { signIn: SignIn }) {
  const t = useTranslations("signIn");
  const { register, handleSubmit, formState } = useForm<z.infer<typeof Credentials>>({
    resolver: zodResolver(Credentials),
    defaultValues: { email: "", password: "" },
  });
  const { errors } = formState;
  return (
    <form
      noValidate
      className="space-y-4"
      onSubmit={handleSubmit(({ email, password }) => signIn.submit(email, password))}
    >
      <div role="alert">
        {signIn.problem ? (
          <Callout tone="danger" icon={CircleAlert}>
            {t(`problems.${signIn.problem}`)}
          </Callout>
        ) : null}
      </div>
      <Field label={t("email")} error={errors.email ? t("emailProblem") : null}>
        <Input type="email" autoComplete="username" {...register("email")} />
      </Field>
      <Field label={t("password")} error={errors.password ? t("passwordProblem") : null}>
        <Input type="password" autoComplete="current-password" {...register("password")} />
      </Field>
      <Button type="submit" variant="primary" className="w-full" isBusy={signIn.busyWith !== null}>
        {t("submit")}
      </Button>
    </form>
  );
}
