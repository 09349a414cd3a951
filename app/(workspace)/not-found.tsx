export { NotFoundScreen as default } from "#components/app-shell/not-found-screen.tsx";
