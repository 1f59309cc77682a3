// Both sides at once: two phones in one page, on one clock.
import assert from 'node:assert/strict';
import { story } from './support/app.mjs';
import { laptop } from './support/world.mjs';

const phoneOf = (page, name) => page.frames().find((frame) => frame.name() === `bottega:${name}`);

/** The page with both phones in the conversation of the two. */
async function bothSides(world) {
    const { page } = await world.open(undefined, { path: '/both' });
    for (const name of ['Maya, buyer', 'Kai, seller']) {
        await page.frameLocator(`iframe[title="${name}"]`).getByRole('log').waitFor({ timeout: 30_000 });
    }
    return { page, maya: phoneOf(page, 'maya.torres'), kai: phoneOf(page, 'kai.shapes') };
}

story('what one phone pays the other shows, on one clock, and neither is loaded anew', async (world) => {
    const { page, maya, kai } = await bothSides(world);
    for (const phone of [maya, kai]) await phone.evaluate(() => { window.isTheSame = true; });

    await maya.getByRole('article', { name: /, open$/ }).last().getByRole('button', { name: 'Pay', exact: true }).click();
    await maya.getByRole('dialog', { name: 'Checkout' }).getByRole('button', { name: /^Pay \$/ }).click();
    await maya.getByRole('timer', { name: 'Time left to undo' }).waitFor();
    await kai.getByRole('article', { name: /, paid$/ }).last().waitFor();
    await page.getByText('Undo ends').waitFor();

    await page.getByRole('button', { name: '+5 min' }).click();
    await maya.getByRole('timer', { name: 'Time left to undo' }).waitFor({ state: 'detached' });
    await kai.getByText('Held until delivered').last().waitFor();
    for (const phone of [maya, kai]) assert.ok(await phone.evaluate(() => window.isTheSame), 'never loaded anew');
}, { viewport: laptop, only: 'embedded' });

story('a side that is offline cannot pay, and says why', async (world) => {
    const { page, maya } = await bothSides(world);
    await page.getByRole('switch', { name: 'Maya is offline' }).click();
    await maya.getByRole('article', { name: /, open$/ }).last().getByRole('button', { name: 'Pay', exact: true }).click();
    const dialog = maya.getByRole('dialog', { name: 'Checkout' });
    await maya.getByText(/offline/i).first().waitFor();
    assert.ok(await dialog.getByRole('button', { name: /^Pay \$/ }).isDisabled(), 'nothing is charged later');
    await page.getByRole('switch', { name: 'Maya is offline' }).click();
    await dialog.getByRole('button', { name: /^Pay \$/ }).click();
    await maya.getByRole('timer', { name: 'Time left to undo' }).waitFor();
}, { viewport: laptop, only: 'embedded' });
