// As a user feels it: from the event to the painted frame, on a quarter of this machine's CPU.
import { percentile } from '../figures.mjs';
import { row, slow, withTab } from './tab.mjs';

const FRAME = 1000 / 60;

/** Each brings a page to its place and answers times in milliseconds: of ours and of a page that does only this. */
const measures = [
    { label: 'key press to echoed character', measure: echo },
    { label: 'Enter to painted bubble', measure: bubble },
    { label: 'Pay to painted sheet', measure: sheet, over: true },
];

/** @returns {Promise<string>} the table */
export async function feel(url) {
    const lines = ['| the app, CPU 4×, p95 | a page that does only this, ms | ms | budget | |', '|---|--:|--:|--:|---|'];
    for (const { label, measure, over } of measures) {
        const times = await withTab(async (page) => {
            const ours = await measure(page, () => inThread(page, url));
            const still = await page.context().newPage();
            return [await measure(still, () => floor(still)), ours];
        }, { scripts: [watch] });
        const [theirs, ours] = times.map((took) => percentile(took, 0.95));
        // What opens is held against what the browser itself needs to open something.
        const most = over ? theirs + FRAME : 50;
        lines.push(row(label, [theirs, ours], most));
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

/** The buyer's thread with the surfboard shaper, where a request is open, with all that comes later there. */
async function inThread(page, url) {
    await page.goto(`${url}/?as=maya.torres`);
    await page.getByRole('link', { name: /Kai/ }).first().click();
    await page.getByRole('log').waitFor();
    await page.waitForFunction(() => {
        const parts = performance.getEntriesByType('resource').filter(({ name }) => /\/(split_panels|chunk_\d+)\.wasm/.test(name));
        return parts.length > 1 && parts.every(({ responseEnd }) => responseEnd > 0);
    });
    await page.waitForTimeout(1000);
    await slow(page);
}

/** A field that says what was typed below itself, and a dialog that only opens. */
async function floor(page) {
    await page.setContent(`<div role="log"></div><textarea></textarea><button>Pay</button>
        <dialog>${'<p>A line of the sheet</p>'.repeat(20)}</dialog>`);
    await page.evaluate(watch);
    await page.evaluate(() => {
        const field = document.querySelector('textarea');
        document.querySelector('button').onclick = () => document.querySelector('dialog').showModal();
        field.onkeydown = (event) => {
            if (event.key !== 'Enter') return;
            event.preventDefault();
            const said = document.createElement('p');
            said.textContent = field.value;
            document.querySelector('[role=log]').append(said);
            field.value = '';
        };
    });
    await slow(page);
}

async function echo(page, reach) {
    await reach();
    await page.getByRole('textbox').last().focus();
    const took = [];
    for (let length = 1; length <= 40; length++) {
        await page.evaluate((length) =>
            window.__arm('keydown', () => document.activeElement.value.length >= length), length);
        await page.keyboard.press('a');
        took.push(await page.evaluate(() => window.__took));
    }
    return took;
}

async function bubble(page, reach) {
    await reach();
    const field = page.getByRole('textbox').last();
    const took = [];
    for (let i = 0; i < 20; i++) {
        const text = `Measured ${i} of twenty`;
        await field.fill(text);
        await page.evaluate((text) => window.__arm('keydown', () =>
            document.querySelector('[role=log]').textContent.includes(text)), text);
        await page.keyboard.press('Enter');
        took.push(await page.evaluate(() => window.__took));
        // What was said has to go where it is kept; the next one is said after a breath.
        await page.waitForTimeout(500);
    }
    return took;
}

async function sheet(page, reach) {
    await reach();
    const took = [];
    for (let i = 0; i < 10; i++) {
        await page.evaluate(() => window.__arm('click', () => document.querySelector('dialog[open]')));
        await page.getByRole('button', { name: /^Pay/ }).last().click();
        took.push(await page.evaluate(() => window.__took));
        await page.keyboard.press('Escape');
        await page.locator('dialog[open]').waitFor({ state: 'detached' }).catch(() => {});
        await page.waitForTimeout(300);
    }
    return took;
}
