// A server of its own for each world: a demo in a database and on a port of its own, gone with the world.
import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { freePort, PayPal } from './paypal.mjs';

/** Whether the stories are told to a server; otherwise the app has its API inside the page. */
export const isServed = Boolean(process.env.BOTTEGA_SERVER);

/** The card numbers that stories type, as anybody would write them down. */
const CARD = /4242424242424242|5555555555554444|378282246310005/;

export class Server {
    #process;
    #folder;
    #database;
    #log = [];

    /**
     * Starts one; it serves the app that BOTTEGA_APP names, or another. Where it is no `demo`, nobody is there yet. With
     * `paypal` it is paid by a PayPal of its own.
     */
    static async start({ demo = true, paypal = false, environment, app = process.env.BOTTEGA_APP } = {}) {
        const { BOTTEGA_SERVER: program } = process.env;
        assert.ok(app, 'Say where the built app is: BOTTEGA_APP=target/dist-served');
        const server = new Server();
        server.#folder = await mkdtemp(join(tmpdir(), 'bottega-'));
        server.#database = `sqlite:${join(server.#folder, 'shop.db')}`;
        const port = paypal ? await freePort() : 0;
        if (paypal) server.paypal = await PayPal.start(server.#folder, `http://127.0.0.1:${port}`);
        const env = { ...process.env, ...server.paypal?.environment, ...environment };
        const options = ['--listen', `127.0.0.1:${port}`, '--database', server.#database, '--app', app, ...(demo ? ['--demo'] : [])];
        server.#process = spawn(program, options, { env, stdio: ['ignore', 'pipe', 'pipe'] });
        createInterface({ input: server.#process.stderr }).on('line', (line) => server.#log.push(line));
        const ended = once(server.#process, 'exit').then(() => { throw new Error(`${program} ended:\n${server.log}`); });
        const [line] = await Promise.race([once(createInterface({ input: server.#process.stdout }), 'line'), ended]);
        ended.catch(() => {});
        server.url = line.replace(/^listening on /, '');
        return server;
    }

    /** What it has written to its log. */
    get log() {
        return this.#log.join('\n');
    }

    /** Ends it. Whatever the story was about, its books have to be in order. */
    async stop() {
        try {
            await this.#end();
            await this.#audit();
            assert.doesNotMatch(this.log.replace(/[ .-]/g, ''), CARD, 'a card number is in the log');
        } finally {
            await this.paypal?.stop();
            await rm(this.#folder, { recursive: true, force: true });
        }
    }

    async #audit() {
        const audit = promisify(execFile)(process.env.BOTTEGA_SERVER, ['--database', this.#database, 'audit']);
        await audit.catch(({ stdout, stderr }) => assert.fail(`The audit after the story:\n${stdout}${stderr}`));
    }

    async #end() {
        if (this.#process.exitCode !== null || this.#process.signalCode !== null) return;
        const exit = once(this.#process, 'exit');
        this.#process.kill('SIGTERM');
        const patience = setTimeout(() => this.#process.kill('SIGKILL'), 5_000);
        await exit;
        clearTimeout(patience);
    }
}
