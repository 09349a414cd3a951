import type { Metadata } from "next";
import { TopBar } from "#components/app-shell/top-bar.tsx";
import { SegmentScreen } from "#components/audiences/segment-screen.tsx";
import { translatorOf } from "../../../messages.ts";
import { viewer } from "../../../viewer.ts";

const texts = async () => translatorOf((await viewer()).language);

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await texts())("audiences.builder.crumb") });

export default async function Page({ params }: { params: Promise<{ segmentId: string }> }) {
  const t = await texts();
  return (
    <>
      <TopBar crumbs={[{ label: t("audiences.title"), href: "/audiences" }, { label: t("audiences.builder.crumb") }]} />
      <SegmentScreen segmentId={(await params).segmentId} />
    </>
  );
}
