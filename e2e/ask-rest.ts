/** Asks the REST API with the demo workspace's key. */
export const askRest = (baseUrl: string, path: string): Promise<Response> =>
  fetch(`${baseUrl}${path}`, {
    headers: { authorization: `Bearer ${process.env.CHASQUI_DEMO_API_KEY ?? "demo-api-key"}` },
  });
