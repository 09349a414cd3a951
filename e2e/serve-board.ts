import type { Page } from "@playwright/test";
import superjson from "superjson";
import type { Board } from "#server/health/read-board.ts";

const boardCalls = /\/api\/trpc\/[^?]*health\.board/;

/** Shows the Health screen a board of our own: some states take an hour, or a crash, to come about. Everything else is the product's. */
export const serveBoard = (page: Page, board: Board): Promise<unknown> =>
  page.route(boardCalls, async (route) => {
    const verbs = new URL(route.request().url()).pathname.split("/").at(-1)?.split(",") ?? [];
    const response = await route.fetch();
    const answers: object[] = await response.json();
    const told = { result: { data: superjson.serialize(board) } };
    await route.fulfill({
      response,
      json: answers.map((answer, index) => (verbs[index] === "health.board" ? told : answer)),
    });
  });

/** The board never comes. */
export const keepBoardWaiting = (page: Page): Promise<unknown> => page.route(boardCalls, () => undefined);

/** The board's call fails. */
export const failBoard = (page: Page): Promise<unknown> => page.route(boardCalls, (route) => route.abort());
