// SPDX-FileCopyrightText: 2026 The EventSource for Qt authors
// SPDX-License-Identifier: LGPL-3.0-or-later

// Streams of numbered events, which resume after the Last-Event-ID. Says its port on standard
// output, and ends with its standard input.
//   /numbers?count=N   up to N, a few at a time
//   /one?size=B        the next number, with B bytes to it; then silence

import { createServer } from "node:http";
import { createSession } from "better-sse";

const server = createServer(async (request, response) => {
  const url = new URL(request.url, "http://localhost");
  const session = await createSession(request, response, { keepAlive: null, retry: 100 });
  let next = Number(session.lastId || 0) + 1;
  const push = (fill) => {
    session.push({ n: next, fill: "x".repeat(fill) }, "message", String(next));
    ++next;
  };
  if (url.pathname === "/one") {
    push(Number(url.searchParams.get("size")));
    return;
  }
  const count = Number(url.searchParams.get("count"));
  const timer = setInterval(() => {
    for (let i = 0; i < 5 && next <= count; ++i) push((next * 7) % 97);
    if (next > count) clearInterval(timer);
  }, 5);
  session.once("disconnected", () => clearInterval(timer));
});
server.listen(Number(process.argv[2] ?? 0), "127.0.0.1", () => {
  console.log(server.address().port);
});
server.on("error", (error) => {
  console.error(error.message);
  process.exit(1);
});
process.stdin.on("close", () => process.exit(0)).resume();
