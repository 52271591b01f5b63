// Answered anew each time: a prerendered answer would say nothing about the server.
export const dynamic = "force-dynamic";

export function GET(): Response {
  return Response.json({ status: "ok" });
}
