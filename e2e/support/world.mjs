// A world of its own for each story or picture: a fresh browser context has a fresh database, shared by all its tabs.
import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { browser } from './browser.mjs';
import { Hand } from './taps.mjs';

export const phone = { width: 390, height: 844 };
export const laptop = { width: 1280, height: 800 };

/** The address of the app without a slash at its end. */
export function baseUrl() {
    assert.ok(process.env.BOTTEGA_URL, 'Say where the app is: BOTTEGA_URL=http://127.0.0.1:8080');
    return process.env.BOTTEGA_URL.replace(/\/$/, '');
}

export class World {
    #context;
    #url;
    #noise = [];
    #allowed = [];

    /**
     * @param {object} options of Playwright's browser contexts (`locale`, `viewport`, `colorScheme`, …), and
     *   `host`: 'localhost' where passkeys are needed (a bare IP address cannot have any),
     *   `scripts`: text of scripts that every page starts with
     */
    static async open({ host, scripts = [], ...options } = {}) {
        const world = new World();
        world.#url = new URL(baseUrl());
        if (host) world.#url.hostname = host;
        world.#context = await (await browser()).newContext({
            viewport: phone, locale: 'en-US', timezoneId: 'America/New_York', reducedMotion: 'reduce', ...options,
        });
        world.#context.setDefaultTimeout(10_000);
        await world.#context.addInitScript(tellRefusals);
        for (const content of scripts) await world.#context.addInitScript({ content });
        world.#context.on('page', (page) => world.#listen(page));
        return world;
    }

    /** The Playwright context, for what is not wrapped here: setOffline, newCDPSession, … */
    get context() {
        return this.#context;
    }

    /** Where the app is, as this world's tabs see it. */
    get url() {
        return this.#url.href;
    }

    /** A tab of that account. `path` may carry a query of its own; without a handle nobody is named. */
    async open(handle, { path = '/', viewport } = {}) {
        const page = await this.#context.newPage();
        if (viewport) await page.setViewportSize(viewport);
        const url = new URL(path, this.#url);
        if (handle) url.searchParams.set('as', handle);
        await page.goto(url.href);
        await page.locator('main, [role=main]').first().waitFor({ timeout: 30_000 });
        return new Hand(page);
    }

    /** What the switch on the page of both sides does: every tab of that account finds nobody, or somebody again. */
    async offline(handle, is) {
        const page = await this.#context.newPage();
        // Of the same origin, and nothing besides: a picture on its own would have the browser ask for an icon.
        await page.route('**/nothing', (route) =>
            route.fulfill({ contentType: 'text/html', body: '<!doctype html><link rel="icon" href="data:,">' }));
        await page.goto(new URL('/nothing', this.#url).href);
        await page.evaluate((text) => new BroadcastChannel('bottega').postMessage(text), `offline acc_${handle} ${is}`);
        await page.close();
    }

    /** Says that an error of this kind belongs to the story: being offline is one in the console. */
    allow(pattern) {
        this.#allowed.push(pattern);
    }

    /** Nothing was complained about so far. */
    assertQuiet() {
        const unexpected = this.#noise.filter((line) => !this.#allowed.some((pattern) => pattern.test(line)));
        assert.deepEqual(unexpected, [], 'the browser complained');
    }

    async picture(name) {
        const folder = new URL('../../target/stories/', import.meta.url).pathname;
        await mkdir(folder, { recursive: true });
        const file = name.replace(/[^a-z0-9]+/gi, '-').slice(0, 80);
        for (const [index, page] of this.#context.pages().entries()) {
            const path = `${folder}${file}-${index + 1}.png`;
            await page.screenshot({ path, caret: 'initial', timeout: 5_000 }).catch(() => {});
            console.error(`picture: ${path}`);
        }
    }

    close() {
        return this.#context.close();
    }

    #listen(page) {
        page.on('console', (message) => {
            if (message.type() === 'error') this.#noise.push(`console: ${message.text()} (${message.location().url})`);
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
