// A push service of a story's own, and a browser that believes in it: the real ones are out of reach.
import { createDecipheriv, createECDH, hkdfSync, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';

/** Takes what is for one browser, and opens it as that browser would (RFC 8291). */
export class PushService {
    #server;
    #browser = createECDH('prime256v1');
    #auth = randomBytes(16);
    #took = [];
    #wanted = [];

    static async start() {
        const service = new PushService();
        service.#browser.generateKeys();
        service.#server = createServer(async (request, response) => {
            const parts = [];
            for await (const part of request) parts.push(part);
            response.writeHead(201).end();
            const told = { headers: request.headers, ...JSON.parse(service.#opened(Buffer.concat(parts))) };
            const want = service.#wanted.shift();
            if (want) want(told); else service.#took.push(told);
        });
        service.#server.listen(0, '127.0.0.1');
        await once(service.#server, 'listening');
        return service;
    }

    /** Text of a script for every page: what the browser's own push service would say. */
    get script() {
        const endpoint = `http://127.0.0.1:${this.#server.address().port}/send/1`;
        const keys = { p256dh: this.#browser.getPublicKey('base64url'), auth: this.#auth.toString('base64url') };
        return `{
            let kept = null;
            const subscription = Object.create(PushSubscription.prototype, {
                endpoint: { value: ${JSON.stringify(endpoint)} },
                toJSON: { value: () => (${JSON.stringify({ endpoint, keys })}) },
                unsubscribe: { value: async () => { kept = null; return true; } },
            });
            PushManager.prototype.subscribe = async ({ userVisibleOnly, applicationServerKey }) => {
                if (!userVisibleOnly || applicationServerKey.length !== 87) throw new TypeError('not as a browser wants it');
                return kept = subscription;
            };
            PushManager.prototype.getSubscription = async () => kept;
        }`;
    }

    /** What it is told next, opened. */
    next() {
        const known = this.#took.shift();
        return known ? Promise.resolve(known) : new Promise((done) => this.#wanted.push(done));
    }

    /** How much it was told that nobody has asked for. */
    get left() {
        return this.#took.length;
    }

    close() {
        this.#server.close();
        this.#server.closeAllConnections();
    }

    #opened(body) {
        const [salt, sender] = [body.subarray(0, 16), body.subarray(21, 21 + body[20])];
        const sealed = body.subarray(21 + body[20]);
        const both = Buffer.concat([Buffer.from('WebPush: info\0'), this.#browser.getPublicKey(), sender]);
        const secret = hkdfSync('sha256', this.#browser.computeSecret(sender), this.#auth, both, 32);
        const derived = (what, length) =>
            Buffer.from(hkdfSync('sha256', Buffer.from(secret), salt, `Content-Encoding: ${what}\0`, length));
        const open = createDecipheriv('aes-128-gcm', derived('aes128gcm', 16), derived('nonce', 12));
        open.setAuthTag(sealed.subarray(-16));
        const text = Buffer.concat([open.update(sealed.subarray(0, -16)), open.final()]);
        // What is behind the last mark is padding.
        return text.subarray(0, text.lastIndexOf(2)).toString();
    }
}
