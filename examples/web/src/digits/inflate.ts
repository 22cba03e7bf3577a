/** Fetches a file that has been packed by deflate, and unpacks it. @throws Error when it can't be fetched. */
export async function inflate(url: URL): Promise<ArrayBuffer> {
  const response = await fetch(url);
  if (!response.ok || !response.body) throw new Error(`cannot fetch ${url.pathname}: HTTP status ${response.status}`);
  return new Response(response.body.pipeThrough(new DecompressionStream("deflate-raw"))).arrayBuffer();
}
