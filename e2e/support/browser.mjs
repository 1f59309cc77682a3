// One browser: the runner's when it started one, else our own (a single file run by hand).
import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';

/** How every browser of ours is started, by the benchmarks too. */
export const launchOptions = {
    executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
    args: [
        '--headless=new', '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--disable-quic',
        '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync',
    ],
};

/** How the one of the stories is started: without windows where there is such a one, which costs a quarter less. */
export const storyOptions = {
    ...launchOptions,
    executablePath: process.env.HEADLESS_SHELL || launchOptions.executablePath,
};

export { chromium };

/** In the place of a feature: the browser with windows, as it is. It alone shows notifications, and the other one
 * crashes when a page that has a worker signs out. */
export const WITH_WINDOWS = 'windows';

/** By the features that they have besides. */
const opened = new Map();

/** The browser, started or joined at the first call; one of its own where a story needs a feature besides. */
export function browser(feature = '') {
    if (!opened.has(feature)) opened.set(feature, start(feature));
    return opened.get(feature);
}

/** Ends our own browsers, and leaves the runner's. */
export async function closeBrowser() {
    const closing = [...opened.values()];
    opened.clear();
    for (const one of closing) await (await one).close();
}

async function start(feature) {
    if (process.env.BOTTEGA_BROWSER && !feature) return chromium.connect(process.env.BOTTEGA_BROWSER);
    // A feature is in the browser with windows alone.
    const options = feature ? launchOptions : storyOptions;
    if (!existsSync(options.executablePath)) {
        throw new Error(`There is no ${options.executablePath}: run \`cargo xtask setup --browser\`, or set CHROMIUM.`);
    }
    const features = feature && feature !== WITH_WINDOWS ? [`--enable-features=${feature}`] : [];
    return chromium.launch({ ...options, args: [...options.args, ...features] });
}
