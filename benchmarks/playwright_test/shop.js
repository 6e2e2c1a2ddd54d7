// The merchant: a page with the SDK on it, and a page to come back to.
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { basename, extname } from "node:path";

const { OTTU_API_KEY, OTTU_BASE_URL, OTTU_MERCHANT_ID, OTTU_PUBLIC_KEY, OTTU_SDK_URL, SHOP_PORT } = process.env;

const page = (name) => readFileSync(new URL(`../merchant_page/${name}`, import.meta.url), "utf8");
const kinds = { ".html": "text/html; charset=utf-8", ".css": "text/css", ".js": "text/javascript" };

function checkout(sessionId) {
  const config = { merchant_id: OTTU_MERCHANT_ID, apiKey: OTTU_PUBLIC_KEY, session_id: sessionId };
  return page("checkout.html").replace("{SDK_URL}", OTTU_SDK_URL).replace("{CONFIG}", JSON.stringify(config));
}

async function returned(sessionId) {
  const answer = await fetch(`${OTTU_BASE_URL}/b/checkout/v1/pymt-txn/${sessionId}`, {
    headers: { Authorization: `Api-Key ${OTTU_API_KEY}` },
  });
  return page("return.html").replace("{STATE}", (await answer.json()).state);
}

createServer(async (request, response) => {
  const { pathname, searchParams } = new URL(request.url, "http://shop");
  const sessionId = searchParams.get("session_id");
  if (request.method === "POST") {
    request.resume();
    response.end("heard");
  } else if (pathname === "/checkout") {
    response.setHeader("Content-Type", kinds[".html"]);
    response.end(checkout(sessionId));
  } else if (pathname === "/return") {
    response.setHeader("Content-Type", kinds[".html"]);
    response.end(await returned(sessionId));
  } else {
    response.setHeader("Content-Type", kinds[extname(pathname)]);
    response.end(page(basename(pathname)));
  }
}).listen(Number(SHOP_PORT), "127.0.0.1");
