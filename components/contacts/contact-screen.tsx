"use client";

import { Skeleton } from "#components/ui/skeleton.tsx";
import { ConsentCard } from "./consent-card.tsx";
import { ContactFrame } from "./contact-frame.tsx";
import { FlowsCard } from "./flows-card.tsx";
import { ProfileCard } from "./profile-card.tsx";
import { Timeline } from "./timeline.tsx";

/** One person: profile and consent at the left, flows and the timeline at the right. */
export function ContactScreen({ contactId }: { contactId: string }) {
  return (
    <ContactFrame
      contactId={contactId}
      current="profile"
      skeleton={
        <div className="grid grid-cols-1 gap-4 lg:grid-cols-[360px_minmax(0,1fr)]">
          <Skeleton className="h-96" />
          <Skeleton className="h-96" />
        </div>
      }
    >
      {(detail, name) => (
        <div className="grid grid-cols-1 items-start gap-4 lg:grid-cols-[360px_minmax(0,1fr)]">
          <div className="space-y-4">
            <ProfileCard contact={detail.contact} />
            <ConsentCard detail={detail} name={name} />
          </div>
          <div className="space-y-4">
            <FlowsCard enrollments={detail.enrollments} name={name} />
            <Timeline items={detail.timeline} />
          </div>
        </div>
      )}
    </ContactFrame>
  );
}
