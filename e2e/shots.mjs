// node e2e/shots.mjs <folder> [name]: <state>-<scheme>-<width>.png of every state, or of those whose name contains it.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { closeBrowser } from './support/browser.mjs';
import { inScheme, reach, schemes, sizesOf, states } from './support/states.mjs';

const [folder = 'target/shots', wanted = ''] = process.argv.slice(2);
await mkdir(folder, { recursive: true });

const jobs = states
    .filter(({ name }) => name.includes(wanted))
    .flatMap((state) => sizesOf(state).map((size) => ({ state, size })));
let failed = 0;

async function photographer() {
    for (let job = jobs.shift(); job; job = jobs.shift()) {
        const { state, size } = job;
        try {
            // A phone's screen is dense; the laptop's pictures stay small enough to look at.
            const { world, page } = await reach(state, size, { deviceScaleFactor: size.width < 768 ? 2 : 1 });
            for (const scheme of schemes) {
                await inScheme(page, scheme);
                const path = join(folder, `${state.name}-${scheme}-${size.width}.png`);
                // Playwright hides the caret with a style that our policy would refuse.
                await page.screenshot({ path, caret: 'initial' });
                console.log(path);
            }
            await world.close();
        } catch (error) {
            failed += 1;
            console.error(`${state.name} at ${size.width}: ${error.message}`);
        }
    }
}

await Promise.all([photographer(), photographer()]);
await closeBrowser();
if (failed) {
    console.error(`${failed} states were not reached.`);
    process.exitCode = 1;
}
