// One page in a browser of its own, with its counters.
import { readFile } from 'node:fs/promises';
import { chromium, launchOptions } from '../e2e/support/browser.mjs';
import { look } from './inside.mjs';

const viewport = { width: 412, height: 900 };

export class Measured {
    /** @param {string} url of the page's server, without a slash at the end */
    static async open(url) {
        const measured = new Measured();
        measured.url = url;
        measured.browser = await chromium.launch(launchOptions);
        const context = await measured.browser.newContext({ viewport });
        await context.addInitScript(look);
        measured.page = await context.newPage();
        measured.cdp = await context.newCDPSession(measured.page);
        await measured.cdp.send('Performance.enable', { timeDomain: 'threadTicks' });
        // A page of the same origin first: the process is there, and its counters go on.
        await measured.page.goto(`${url}/data/blank.html`);
        return measured;
    }

    close() {
        return this.browser.close();
    }

    /** Goes to the page with that thread; answers when its last message was seen. */
    async load(data, lastText) {
        await this.page.goto(`${this.url}/?data=/data/${data}.json`, { waitUntil: 'commit' });
        return this.inside((text) => window.__look.lastVisible(text), lastText);
    }

    inside(body, argument) {
        return this.page.evaluate(body, argument);
    }

    /** CPU time of the main thread so far, in milliseconds: the browser's own counter. */
    async cpu() {
        const { metrics } = await this.cdp.send('Performance.getMetrics');
        return metrics.find(({ name }) => name === 'TaskDuration').value * 1000;
    }

    /** What `work` answers, and the CPU time it took until the page is at rest again. */
    async costing(work) {
        const before = await this.cpu();
        const answer = await work();
        await this.page.waitForTimeout(150);
        return { answer, cpu: await this.cpu() - before };
    }

    /** Scrolls back at that speed as a finger does, through the compositor. */
    async scroll(distance, speed) {
        await this.cdp.send('Input.synthesizeScrollGesture', {
            x: viewport.width / 2, y: viewport.height / 2, yDistance: distance, speed,
            gestureSourceType: 'mouse', preventFling: true,
        });
    }

    /** Private memory of the page's process after a collection, in MB. */
    async memory() {
        const process = await this.#process();
        for (let i = 0; i < 2; i++) await this.cdp.send('HeapProfiler.collectGarbage');
        await this.page.waitForTimeout(500);
        const rollup = await readFile(`/proc/${process}/smaps_rollup`, 'utf8');
        const kilobytes = [...rollup.matchAll(/^Private_\w+:\s+(\d+) kB/gm)].map(([, count]) => Number(count));
        return kilobytes.reduce((sum, count) => sum + count, 0) / 1024;
    }

    /** The renderer of this page: the one that is busy when the page is. */
    async #process() {
        const session = await this.browser.newBrowserCDPSession();
        const renderers = async () =>
            (await session.send('SystemInfo.getProcessInfo')).processInfo.filter(({ type }) => type === 'renderer');
        const before = new Map((await renderers()).map(({ id, cpuTime }) => [id, cpuTime]));
        await this.inside(() => {
            const until = performance.now() + 200;
            while (performance.now() < until);
        });
        const worked = ({ id, cpuTime }) => cpuTime - (before.get(id) ?? 0);
        return (await renderers()).sort((a, b) => worked(b) - worked(a))[0].id;
    }
}
