// The states of the app that are checked with axe and photographed. Add one: a name, who looks, and how to get there.
import { laptop, phone, World } from './world.mjs';

/**
 * @typedef {object} State
 * @property {string} name also the name of its pictures
 * @property {string} [as] the account that looks; without one nobody is named
 * @property {string} [path] where it starts
 * @property {(page: import('playwright-core').Page, world: World) => Promise<void>} reach brings the page there
 */

/** @type {State[]} */
export const states = [
    {
        name: 'inbox',
        as: 'maya.torres',
        async reach(page) {
            await page.getByRole('heading', { level: 1 }).waitFor();
        },
    },
];

export const sizes = [phone, laptop];
export const schemes = ['light', 'dark'];

/** Brings a fresh world to the state at that size; the caller closes the world. */
export async function reach(state, viewport, options = {}) {
    const world = await World.open({ viewport, ...options });
    try {
        const { page } = await world.open(state.as, { path: state.path });
        await state.reach(page, world);
        return { world, page };
    } catch (error) {
        await world.picture(`${state.name} ${viewport.width}`);
        await world.close();
        throw error;
    }
}

/** Light or dark, painted. */
export async function inScheme(page, colorScheme) {
    await page.emulateMedia({ colorScheme });
    await page.evaluate(() => new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(painted))));
}
