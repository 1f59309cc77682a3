// One tab with the app in it, its counters, and ways to be slow.
import { chromium, launchOptions } from '../../e2e/support/browser.mjs';
import { verdict } from '../figures.mjs';

export const viewport = { width: 412, height: 900 };

/** Runs `work` with a tab of a browser of its own. */
export async function withTab(work, { scripts = [] } = {}) {
    const browser = await chromium.launch(launchOptions);
    try {
        const context = await browser.newContext({ viewport, reducedMotion: 'reduce' });
        context.setDefaultTimeout(60_000);
        for (const script of scripts) await context.addInitScript(script);
        const page = await context.newPage();
        return await work(page, await counted(page));
    } finally {
        await browser.close();
    }
}

/** The developer tools' session of a page, with its counters on. */
export async function counted(page) {
    const session = await page.context().newCDPSession(page);
    await session.send('Performance.enable', { timeDomain: 'threadTicks' });
    return session;
}

/** CPU time of the main thread so far, in milliseconds. */
export async function cpu(session) {
    const { metrics } = await session.send('Performance.getMetrics');
    return metrics.find(({ name }) => name === 'TaskDuration').value * 1000;
}

export async function slow(page, rate = 4) {
    const session = await page.context().newCDPSession(page);
    await session.send('Emulation.setCPUThrottlingRate', { rate });
}

/** A slow phone's connection: 150 ms away, 1.6 Mbit/s. */
export async function farAway(session) {
    await session.send('Network.enable');
    await session.send('Network.emulateNetworkConditions', {
        offline: false, latency: 150, downloadThroughput: 1.6e6 / 8, uploadThroughput: 750e3 / 8,
    });
}

/** In the page: when an element of that selector was first painted, in milliseconds since the navigation began. */
export function painted(selector) {
    return new Promise((resolve) => {
        const channel = new MessageChannel();
        channel.port1.onmessage = () => resolve(performance.now());
        const look = () => requestAnimationFrame(() => {
            if (!document.querySelector(selector)) return look();
            channel.port2.postMessage(0);
        });
        look();
    });
}

/** A row of a table; `figures` stand before the budget, the last of them is what is held against it. */
export function row(label, figures, budget, digits = 0) {
    const shown = figures.map((figure, index) => figure.toFixed(index === figures.length - 1 ? digits : 0));
    return `| ${[label, ...shown, budget === undefined ? '' : `≤ ${budget.toFixed(digits)}`, verdict(figures.at(-1), budget)].join(' | ')} |`;
}
