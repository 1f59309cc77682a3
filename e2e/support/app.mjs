// What every story begins with.
import { after, test } from 'node:test';
import { closeBrowser } from './browser.mjs';
import { World } from './world.mjs';

export { laptop, phone } from './world.mjs';

/**
 * A test told as a story. It fails on any console error, page error or refusal of the content security policy too.
 * A picture of every open tab is left in target/stories/ when it fails.
 *
 * @param {string} name a fact
 * @param {(world: World) => Promise<void>} body
 * @param {object} options see World.open; and `timeout` in milliseconds
 */
export function story(name, body, { timeout = 60_000, ...options } = {}) {
    test(name, { timeout }, async () => {
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
    });
}

after(closeBrowser);
