import type { Metadata } from "next";
import { HomeScreen } from "#components/home/home-screen.tsx";
import { translatorOf } from "../messages.ts";
import { viewer } from "../viewer.ts";

export async function generateMetadata(): Promise<Metadata> {
  const { language } = await viewer();
  return { title: translatorOf(language)("shell.screens.home") };
}

export default function HomePage() {
  return <HomeScreen />;
}
