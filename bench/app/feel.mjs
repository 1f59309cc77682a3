// As a user feels it: from the event to the painted frame, on a quarter of this machine's CPU.
import { percentile, row, slow, withTab } from './tab.mjs';

const FRAME = 1000 / 60;

/** Each brings a fresh page to its place and answers figures in milliseconds, one for each time. */
const measures = [
    { label: 'key press to echoed character', budget: 50, measure: echo },
    { label: 'Enter to painted bubble', budget: 50, measure: bubble },
    { label: 'Pay to painted sheet, over a static dialog', budget: FRAME, measure: sheet },
];

/** @returns {Promise<string>} the table */
export async function feel(url) {
    const lines = ['| the app, CPU 4×, p95 | ms | budget | |', '|---|--:|--:|---|'];
    for (const { label, budget, measure } of measures) {
        const took = await withTab((page) => measure(page, url), { scripts: [watch] });
        lines.push(row(label, [percentile(took, 0.95)], budget));
    }
    return lines.join('\n');
}

/** In the page: `__arm(type, isSeen)` makes `__took` the time from that event to the frame in which `isSeen` answers true. */
function watch() {
    const channel = new MessageChannel();
    window.__arm = (type, isSeen) => void (window.__took = new Promise((resolve) => {
        addEventListener(type, ({ timeStamp }) => {
            const look = () => requestAnimationFrame(() => {
                if (!isSeen()) return look();
                channel.port1.onmessage = () => resolve(performance.now() - timeStamp);
                channel.port2.postMessage(0);
            });
            look();
        }, { capture: true, once: true });
    }));
}

/** The buyer's thread with the surfboard shaper, where a request is open. */
async function inThread(page, url) {
    await page.goto(`${url}/?as=maya.torres`);
    await page.getByRole('link', { name: /Kai/ }).first().click();
    await page.getByRole('log').waitFor();
    await slow(page);
    return page.getByRole('textbox').last();
}

async function echo(page, url) {
    const field = await inThread(page, url);
    await field.focus();
    const took = [];
    for (let length = 1; length <= 40; length++) {
        await page.evaluate((length) =>
            window.__arm('keydown', () => document.activeElement.value.length >= length), length);
        await page.keyboard.press('a');
        took.push(await page.evaluate(() => window.__took));
    }
    return took;
}

async function bubble(page, url) {
    const field = await inThread(page, url);
    const took = [];
    for (let i = 0; i < 20; i++) {
        const text = `Measured ${i} of twenty`;
        await field.fill(text);
        await page.evaluate((text) => window.__arm('keydown', () =>
            document.querySelector('[role=log]').textContent.includes(text)), text);
        await page.keyboard.press('Enter');
        took.push(await page.evaluate(() => window.__took));
    }
    return took;
}

async function sheet(page, url) {
    await inThread(page, url);
    // The part that holds the sheet comes after the thread; what is measured is a tap once it has.
    await page.waitForFunction(() => {
        const parts = performance.getEntriesByType('resource').filter(({ name }) => /\/(split_panels|chunk_\d+)\.wasm/.test(name));
        return parts.length > 1 && parts.every(({ responseEnd }) => responseEnd > 0);
    });
    await page.waitForTimeout(1000);
    const pay = () => page.getByRole('button', { name: /^Pay/ }).or(page.getByRole('link', { name: /^Pay/ })).last();
    const ours = await openings(page, pay, 10);
    const still = await page.context().newPage();
    // A dialog that only opens: what the browser itself needs.
    await still.setContent(`<button>Pay</button><dialog>${'<p>A line of the sheet</p>'.repeat(20)}</dialog>`);
    await slow(still);
    await still.evaluate(watch);
    await still.evaluate(() => {
        document.querySelector('button').onclick = () => document.querySelector('dialog').showModal();
    });
    const floor = percentile(await openings(still, () => still.getByRole('button'), 10), 0.5);
    return ours.map((took) => took - floor);
}

async function openings(page, button, times) {
    const took = [];
    for (let i = 0; i < times; i++) {
        await page.evaluate(() => window.__arm('click', () => document.querySelector('dialog[open]')));
        await button().click();
        took.push(await page.evaluate(() => window.__took));
        await page.keyboard.press('Escape');
        await page.locator('dialog[open]').waitFor({ state: 'detached' });
    }
    return took;
}
