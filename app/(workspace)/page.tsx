import type { Metadata } from "next";
import { HomeScreen } from "#components/home/home-screen.tsx";
import { translatorOf } from "../messages.ts";
import { serverCaller, viewer } from "../viewer.ts";

export async function generateMetadata(): Promise<Metadata> {
  const { language } = await viewer();
  return { title: translatorOf(language)("shell.screens.home") };
}

export default async function HomePage() {
  const caller = await serverCaller();
  const [overview, steps] = await Promise.all([caller.home.overview(), caller.home.firstSteps()]);
  return <HomeScreen overview={overview} steps={steps} />;
}
