// One browser: the runner's when it started one, else our own (a single file run by hand).
import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';

/** How every browser of ours is started, by the runner and by the benchmarks too. */
export const launchOptions = {
    executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
    args: [
        '--headless=new', '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--disable-quic',
        '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync',
    ],
};

export { chromium };

let opened;

/** The browser, started or joined at the first call. */
export function browser() {
    opened ??= start();
    return opened;
}

/** Ends our own browser, or leaves the runner's. */
export async function closeBrowser() {
    const closing = opened;
    opened = undefined;
    await (await closing)?.close();
}

async function start() {
    if (process.env.BOTTEGA_BROWSER) return chromium.connect(process.env.BOTTEGA_BROWSER);
    if (!existsSync(launchOptions.executablePath)) {
        throw new Error(`There is no ${launchOptions.executablePath}: run \`cargo xtask setup --browser\`, or set CHROMIUM.`);
    }
    return chromium.launch(launchOptions);
}
