// Asks somebody for a payment, waits until it is paid, and thanks them. Node 20, no packages.
//
//   BOTTEGA_URL=https://bottega.example BOTTEGA_KEY=bk_… \
//     node sell.mjs --to maya.torres --item Mug --minor 2500 --listen 8099 --hook https://shop.example/bottega
//
// --hook is the address at which Bottega reaches --listen: your own, behind which a proxy passes calls on to this port.

import { createHmac, randomUUID, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';
import { argv, env, exit } from 'node:process';
import { parseArgs } from 'node:util';
import { pathToFileURL } from 'node:url';

/** Older deliveries are refused, in seconds: whoever has overheard one cannot send it again tomorrow. */
const TOLERANCE = 300;

/** Whether a delivery was signed with `secret` and is not old. `body` has to be the bytes as they came. */
export function isGenuine(secret, header, body, now = Date.now() / 1000) {
  const parts = new Map((header ?? '').split(',').map((part) => part.split('=', 2)));
  const [time, said] = [parts.get('t') ?? '', parts.get('v1') ?? ''];
  const expected = createHmac('sha256', secret).update(`${time}.`).update(body).digest();
  const given = Buffer.from(said, 'hex');
  const isFresh = Math.abs(now - Number(time)) <= TOLERANCE;
  return isFresh && given.length === expected.length && timingSafeEqual(given, expected);
}

/** Calls the API. The same key makes a repeated call harmless: it is done once. */
async function call(method, path, body, key = randomUUID()) {
  const headers = { authorization: `Bearer ${env.BOTTEGA_KEY}` };
  if (method === 'POST') {
    headers['content-type'] = 'application/json';
    headers['idempotency-key'] = key;
  }
  for (let attempt = 1; ; attempt += 1) {
    try {
      const answer = await fetch(`${env.BOTTEGA_URL}${path}`, { method, headers, body: JSON.stringify(body) });
      const told = await answer.json();
      if (answer.ok) return told;
      if (answer.status < 500 || attempt === 5) throw new Error(`${path}: ${told.code}: ${told.detail}`);
    } catch (error) {
      if (!(error instanceof TypeError) || attempt === 5) throw error; // fetch says so when nobody answered
    }
    await new Promise((done) => setTimeout(done, 500 * 2 ** attempt));
  }
}

/** Registers `url`; one that was registered before is removed, as its secret was told once. */
async function register(url) {
  for (const webhook of await call('GET', '/v1/webhooks')) {
    if (webhook.url === url) await call('POST', `/v1/webhooks/${webhook.id}/remove`, null);
  }
  return call('POST', '/v1/webhooks', { url });
}

function terms(item, minor) {
  const usd = (amount) => ({ minor: amount, currency: 'USD' });
  return {
    items: [{ name: item, quantity: 1, unit_price: usd(minor) }],
    discount: usd(0),
    delivery: [{ type: 'parcel', name: 'Ground', price: usd(500), days: [3, 5] }],
    tax: { type: 'amount', amount: usd(0) },
  };
}

async function main() {
  const text = { type: 'string' };
  const { values } = parseArgs({ options: { to: text, item: text, minor: text, listen: text, hook: text } });

  const seen = new Set(); // a shop keeps these in its database
  let secret, request, payment, thread;

  async function heard({ event: { thread: where, event } }) {
    if (where !== thread) return;
    if (event.type === 'payment_started' && event.request === request) payment = event.payment;
    if (event.type !== 'payment_authorised' || event.payment !== payment) return;
    console.log(`paid ${event.order}`);
    const content = { type: 'text', text: `Thank you! Your ${values.item} is being packed.` };
    await call('POST', `/v1/threads/${thread}/messages`, { id: `msg_${randomUUID()}`, content });
    console.log('thanked');
    await close();
  }

  const server = createServer(async (incoming, answer) => {
    const chunks = [];
    for await (const chunk of incoming) chunks.push(chunk);
    const body = Buffer.concat(chunks);
    if (!secret || !isGenuine(secret, incoming.headers['bottega-signature'], body)) {
      console.log('refused what is not signed');
      answer.writeHead(400).end();
      return;
    }
    const id = incoming.headers['bottega-delivery'];
    // Answered first: what it leads to may take longer than a delivery is waited for.
    answer.writeHead(204).end();
    if (seen.has(id)) return;
    seen.add(id);
    await heard(JSON.parse(body)).catch(fail);
  });
  const close = async () => {
    await call('POST', `/v1/webhooks/${webhook.webhook.id}/remove`, null);
    server.close();
    server.closeAllConnections();
  };

  await new Promise((listening) => server.listen(Number(values.listen), '127.0.0.1', listening));
  const hook = values.hook ?? `http://127.0.0.1:${server.address().port}/`;
  const webhook = await register(hook);
  secret = webhook.secret;
  thread = (await call('POST', '/v1/threads', { peer: values.to })).thread.id;
  const sent = await call('POST', `/v1/threads/${thread}/payment-requests`, {
    terms: terms(values.item, Number(values.minor)),
  });
  request = sent.events.find(({ event }) => event.type === 'request_sent').event.request;
  console.log(`asked ${request} ${hook}`);
}

function fail(error) {
  console.error(error.message);
  exit(1);
}

if (argv[1] && import.meta.url === pathToFileURL(argv[1]).href) main().catch(fail);
