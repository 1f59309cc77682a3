// A PayPal of one's own beside a server: what it is told to do, and what it has in its books.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** The simulator beside the server's program, where both were built. */
const program = process.env.PAYPAL_SIMULATOR
    ?? (process.env.BOTTEGA_SERVER ?? '').replace(/bottega-server$/, 'paypal-simulator');

const keys = { client: 'simulated-client', secret: 'simulated-secret', webhook: 'WH-SIMULATED', merchant: 'BTTGAMERCHANT' };

/** A port that nobody listens at now. */
export async function freePort() {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address();
    server.close();
    await once(server, 'close');
    return port;
}

export class PayPal {
    #process;
    #folder;

    /** Starts one that tells `shop`, an address without a slash at its end. */
    static async start(folder, shop) {
        const paypal = new PayPal();
        paypal.#folder = folder;
        const options = ['--listen', '127.0.0.1:0', '--webhook-url', `${shop}/hooks/paypal`, '--ca-out', join(folder, 'ca.pem')];
        paypal.#process = spawn(program, options, { stdio: ['ignore', 'pipe', 'inherit'] });
        const [line] = await once(createInterface({ input: paypal.#process.stdout }), 'line');
        paypal.url = line.replace(/^listening on /, '');
        return paypal;
    }

    /** What a server is started with to be paid by it. */
    get environment() {
        return {
            BOTTEGA_PAYPAL: this.url,
            BOTTEGA_PAYPAL_CA: join(this.#folder, 'ca.pem'),
            BOTTEGA_WALLET_KEY: randomBytes(32).toString('base64'),
            PAYPAL_CLIENT_ID: keys.client,
            PAYPAL_CLIENT_SECRET: keys.secret,
            PAYPAL_WEBHOOK_ID: keys.webhook,
            PAYPAL_MERCHANT_ID: keys.merchant,
        };
    }

    /** Everything it has moved. */
    async books() {
        return this.#ask('GET', '/simulator/books');
    }

    /** Tells it what to do: `control('captures/…/settle')`. */
    async control(path, body = {}) {
        return this.#ask('POST', `/simulator/${path}`, body);
    }

    async stop() {
        const exit = once(this.#process, 'exit');
        this.#process.kill('SIGTERM');
        await exit;
    }

    async #ask(method, path, body) {
        const answer = await fetch(this.url + path, {
            method, body: body && JSON.stringify(body), headers: { 'content-type': 'application/json' },
        });
        const text = await answer.text();
        assert.ok(answer.ok, `${method} ${path}: ${answer.status} ${text}`);
        return JSON.parse(text);
    }
}
