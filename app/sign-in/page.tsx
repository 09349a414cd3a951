import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { SignInScreen } from "#components/sign-in/sign-in-screen.tsx";
import { demoPeople } from "#server/auth/demo-people.ts";
import { translatorOf } from "../messages.ts";
import { viewer } from "../viewer.ts";

export async function generateMetadata(): Promise<Metadata> {
  const { language } = await viewer();
  return { title: translatorOf(language)("signIn.title") };
}

export default async function SignInPage() {
  const { me, env, language } = await viewer();
  if (me) redirect("/");
  // The password is printed in the README of a demo that listens on this machine only; elsewhere neither leaves the server.
  return (
    <SignInScreen language={language} demo={env.isDemo ? { people: demoPeople, password: env.demoPassword } : null} />
  );
}
