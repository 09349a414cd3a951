import { NotFoundScreen } from "#components/app-shell/not-found-screen.tsx";

export default function NotFound() {
  return <NotFoundScreen />;
}
