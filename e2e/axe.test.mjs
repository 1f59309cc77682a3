// Every state, on a phone and on a laptop, light and dark: axe finds nothing.
import { after, describe, it } from 'node:test';
import { assertAccessible, axeScript } from './support/axe.mjs';
import { closeBrowser } from './support/browser.mjs';
import { isServed } from './support/server.mjs';
import { inScheme, reach, schemes, sizesOf, states } from './support/states.mjs';

describe('axe finds nothing', { concurrency: 2 }, () => {
    // What looks the same with a server is looked at once.
    for (const state of states.filter(({ only }) => !isServed || only === 'served')) {
        it(state.name, { timeout: 180_000 }, async (t) => {
            // Reached once: a laptop's window is the phone's made wide, which a window can be in use, too.
            const sizes = sizesOf(state);
            const { world, page } = await reach(state, sizes[0], { scripts: [axeScript] });
            try {
                for (const size of sizes) {
                    await page.setViewportSize(size);
                    for (const scheme of schemes) {
                        await t.test(`${state.name} at ${size.width}, ${scheme}`, async () => {
                            await inScheme(page, scheme);
                            await assertAccessible(page);
                        });
                    }
                }
                world.assertQuiet();
            } finally {
                await world.close();
            }
        });
    }
});

after(closeBrowser);
