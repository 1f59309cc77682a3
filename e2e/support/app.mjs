// What every story begins with.
import { after, test } from 'node:test';
import { closeBrowser } from './browser.mjs';
import { isServed } from './server.mjs';
import { World } from './world.mjs';

export { laptop, phone } from './world.mjs';

/**
 * A test told as a story. It fails on any console error, page error or refusal of the content security policy too.
 * A picture of every open tab is left in target/stories/ when it fails; it is then told once more, and that is said.
 *
 * @param {string} name a fact
 * @param {(world: World) => Promise<void>} body
 * @param {object} options see World.open; and `timeout` in milliseconds, and `only`: 'embedded' or 'served', where the
 *   story is about something that the other one does not have
 */
export function story(name, body, { timeout = 60_000, only, ...options } = {}) {
    test(name, { timeout: 2 * timeout, skip: leftOut(only) }, async () => {
        try {
            await tell(name, body, options);
        } catch (error) {
            // A busy machine can be too slow for one. What fails again in a world of its own is wrong.
            console.error(`told once more: ${name}: ${error.message}`);
            await tell(name, body, options);
        }
    });
}

async function tell(name, body, options) {
    const world = await World.open(options);
    try {
        await body(world);
        world.assertQuiet();
    } catch (error) {
        await world.picture(name);
        throw error;
    } finally {
        await world.close();
    }
}

/** Why something is not told here; false where it is. */
export function leftOut(only) {
    if (only === 'embedded' && isServed) return 'It is about the API inside the page.';
    if (only === 'served' && !isServed) return 'It is about a server.';
    return false;
}

after(closeBrowser);
