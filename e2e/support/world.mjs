// A world of its own for each story or picture. Embedded, a fresh browser context has a fresh database, shared by all
// its tabs; served, a fresh server has one, and each person a browser of their own.
import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { browser } from './browser.mjs';
import { isServed, Server } from './server.mjs';
import { Hand } from './taps.mjs';

export const phone = { width: 390, height: 844 };
export const laptop = { width: 1280, height: 800 };

const refusal = /^Failed to load resource: the server responded with a status of 4\d\d .*\/v1\//;

/** Where the embedded app is, without a slash at its end. */
function embeddedUrl() {
    assert.ok(process.env.BOTTEGA_URL, 'Say where the app is: BOTTEGA_URL=http://127.0.0.1:8080');
    return process.env.BOTTEGA_URL.replace(/\/$/, '');
}

export class World {
    #options;
    #feature;
    #scripts;
    #server;
    #url;
    /** Embedded, one context has everybody; served, each person has a browser of their own. */
    #contexts = new Map();
    #routes = [];
    #offline = new Set();
    #noise = [];
    #allowed = [];

    /**
     * @param {object} options of Playwright's browser contexts (`locale`, `viewport`, `colorScheme`, …), and
     *   `host`: 'localhost' where passkeys are needed (a bare IP address cannot have any),
     *   `scripts`: text of scripts that every page starts with,
     *   `demo`: false for a server where nobody is yet,
     *   `paypal`: true for a server that is paid by a PayPal of its own,
     *   `environment`: of that server, besides what it is started with,
     *   `feature`: what the browser is to be able to do besides, by Chromium's name for it,
     *   `app`: makes the folder of the app that the server serves, where it is a story's own
     */
    static async open({ host, scripts = [], demo = true, paypal = false, environment, feature, app, ...options } = {}) {
        const world = new World();
        world.#server = isServed ? await Server.start({ demo, paypal, environment, app: await app?.() }) : undefined;
        world.#url = new URL(world.#server?.url ?? embeddedUrl());
        if (host) world.#url.hostname = host;
        world.#scripts = scripts;
        world.#feature = feature;
        world.#options = {
            // What a worker fetches no story could answer itself: those that are about it allow it.
            serviceWorkers: 'block',
            viewport: phone, locale: 'en-US', timezoneId: 'America/New_York', reducedMotion: 'reduce', ...options,
        };
        return world;
    }

    /** Where the app is, as this world's tabs see it. */
    get url() {
        return this.#url.href;
    }

    /** The PayPal of this world. */
    get paypal() {
        return this.#server.paypal;
    }

    /** A tab of that account. `path` may carry a query of its own; without a handle nobody is named. */
    async open(handle, { path = '/', viewport, device } = {}) {
        const context = await this.context(handle, device);
        const page = await context.newPage();
        if (viewport) await page.setViewportSize(viewport);
        const url = new URL(path, this.#url);
        if (handle && !isServed) url.searchParams.set('as', handle);
        await page.goto(url.href);
        await page.locator('main, [role=main]').first().waitFor({ timeout: 30_000 });
        return new Hand(page);
    }

    /**
     * The Playwright context of somebody, for what is not wrapped here. Served, they are signed in; `device` names one
     * of several browsers of the same person.
     */
    async context(handle, device = '') {
        const key = isServed ? `${handle ?? ''} ${device}` : '';
        if (!this.#contexts.has(key)) this.#contexts.set(key, this.#newContext(isServed ? handle : undefined));
        return this.#contexts.get(key);
    }

    /** Answers requests of all browsers itself, as Playwright's `route` does. */
    async route(pattern, handler) {
        this.#routes.push([pattern, handler]);
        for (const context of await this.#opened()) await context.route(pattern, handler);
    }

    /** No longer. */
    async unroute(pattern) {
        this.#routes = this.#routes.filter(([known]) => known !== pattern);
        for (const context of await this.#opened()) await context.unroute(pattern);
    }

    /**
     * Embedded, what the switch on the page of both sides does; served, the network is gone: every tab of that account
     * finds nobody, or somebody again.
     */
    async offline(handle, is) {
        const context = await this.context(handle);
        if (isServed) {
            // Also of a part of the app that was not fetched yet.
            this.allow(/net::ERR_INTERNET_DISCONNECTED|net::ERR_FAILED|Failed to fetch/);
            if (is) this.#offline.add(context); else this.#offline.delete(context);
            return context.setOffline(is);
        }
        const page = await context.newPage();
        // Of the same origin, and nothing besides: a picture on its own would have the browser ask for an icon.
        await page.route('**/nothing', (route) =>
            route.fulfill({ contentType: 'text/html', body: '<!doctype html><link rel="icon" href="data:,">' }));
        await page.goto(new URL('/nothing', this.#url).href);
        await page.evaluate((text) => new BroadcastChannel('bottega').postMessage(text), `offline acc_${handle} ${is}`);
        await page.close();
    }

    /** Loads a page anew; where nobody could be reached before, somebody can from then on, and not a moment earlier. */
    async reload({ page }) {
        const context = page.context();
        if (!this.#offline.delete(context)) return page.reload();
        await context.route('**/v1/**', (route) => route.abort());
        await context.setOffline(false);
        await page.reload({ waitUntil: 'commit' });
        await context.unroute('**/v1/**');
    }

    /** Says that an error of this kind belongs to the story: being offline is one in the console. */
    allow(pattern) {
        this.#allowed.push(pattern);
    }

    /** Nothing was complained about so far. */
    assertQuiet() {
        const unexpected = this.#noise.filter((line) => !this.#allowed.some((pattern) => pattern.test(line)));
        assert.deepEqual(unexpected, [], 'the browser complained');
        const complaints = this.#server?.log.split('\n').filter((line) => / (WARN|ERROR) /.test(line)) ?? [];
        const log = complaints.filter((line) => !this.#allowed.some((pattern) => pattern.test(line)));
        assert.deepEqual(log, [], 'the server complained');
    }

    async picture(name) {
        const folder = new URL('../../target/stories/', import.meta.url).pathname;
        await mkdir(folder, { recursive: true });
        const file = name.replace(/[^a-z0-9]+/gi, '-').slice(0, 80);
        const pages = (await this.#opened()).flatMap((context) => context.pages());
        for (const [index, page] of pages.entries()) {
            const path = `${folder}${file}-${index + 1}.png`;
            await page.screenshot({ path, caret: 'initial', timeout: 5_000 }).catch(() => {});
            console.error(`picture: ${path}`);
        }
    }

    async close() {
        for (const context of await this.#opened()) await context.close();
        await this.#server?.stop();
    }

    /** All browsers of this world that are open. */
    async #opened() {
        return Promise.all(this.#contexts.values());
    }

    async #newContext(handle) {
        const context = await (await browser(this.#feature)).newContext(this.#options);
        context.setDefaultTimeout(10_000);
        await context.addInitScript(tellRefusals);
        for (const content of this.#scripts) await context.addInitScript({ content });
        for (const [pattern, handler] of this.#routes) await context.route(pattern, handler);
        context.on('page', (page) => this.#listen(page));
        if (handle) await this.#signIn(context, handle);
        return context;
    }

    async #signIn(context, handle) {
        const headers = { Origin: this.#url.origin };
        const address = new URL('/v1/sign-in/demo', this.#url).href;
        const answer = await context.request.post(address, { data: { handle }, headers });
        assert.equal(answer.status(), 200, await answer.text());
    }

    #listen(page) {
        page.on('console', (message) => {
            const line = `${message.text()} (${message.location().url})`;
            // What the API refuses is shown by the app; that the browser notes it too says nothing.
            if (message.type() === 'error' && !refusal.test(line)) this.#noise.push(`console: ${line}`);
        });
        page.on('pageerror', (error) => this.#noise.push(`page error: ${error.message}`));
        page.on('crash', () => this.#noise.push('the page crashed'));
    }
}

/** Runs in every page and frame: what the policy refuses is an error of the page. */
function tellRefusals() {
    addEventListener('securitypolicyviolation', (event) => {
        console.error(`content security policy: ${event.effectiveDirective} refused ${event.blockedURI} ${event.sample}`);
    });
}
