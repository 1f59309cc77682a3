// The demo's clock, moved where a person moves it: in a tab of its own.

import { isServed } from './server.mjs';

export class Clock {
    #page;

    constructor(page) {
        this.#page = page;
    }

    /** Opens the page of the clock, as Maya sees it. Where it has two phones they stay empty: the story has its own tabs. */
    static async open(world) {
        const page = await (await world.context('maya.torres')).newPage();
        if (!isServed) {
            await page.route((url) => url.searchParams.has('as'), (route) =>
                route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>A phone</title>' }));
        }
        await page.setViewportSize({ width: 1280, height: 800 });
        await page.goto(new URL('/both', world.url).href);
        await page.getByRole('button', { name: 'Jump to next deadline' }).waitFor({ timeout: 20_000 });
        return new Clock(page);
    }

    fiveMinutes() {
        return this.#tap('+5 min');
    }

    day() {
        return this.#tap('+1 day');
    }

    week() {
        return this.#tap('+1 week');
    }

    nextDeadline() {
        return this.#tap('Jump to next deadline');
    }

    /** The carrier says the next thing about the newest order, so many times. */
    async carrierMoves(times = 1) {
        for (let n = 0; n < times; n += 1) await this.#tap('Make the carrier move');
    }

    /** The carrier goes on about the newest order until it has nothing more to say. */
    async carrierBringsIt() {
        const button = this.#page.getByRole('button', { name: 'Make the carrier move', exact: true });
        // It can be tapped once the parcel is known here, and no more when the last word was said.
        for (let moves = 0; moves < 12; moves += 1) {
            const tapped = await button.click({ timeout: moves === 0 ? 10_000 : 3_000 }).then(() => true, () => false);
            if (!tapped) return;
            await this.#settled();
        }
    }

    /** Sets a switch of "Make it hard". */
    async set(name, on) {
        await this.#page.getByRole('switch', { name }).setChecked(on);
    }

    /** Chooses what the carrier does with parcels that are handed over from now on. */
    async carrier(will) {
        await this.#page.getByLabel('The carrier will…').selectOption({ label: will });
    }

    async #tap(name) {
        await this.#page.getByRole('button', { name, exact: true }).click();
        await this.#settled();
    }

    async #settled() {
        // Everything that is due on the way happens before it answers; the button is busy until then.
        await this.#page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
        await this.#page.waitForFunction(() => !document.querySelector('[aria-busy=true]'), undefined, { timeout: 30_000 });
    }
}
