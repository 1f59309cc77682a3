// What was said is found again, however long ago.
import assert from 'node:assert/strict';
import { laptop, story } from './support/app.mjs';
import { lengthen } from './support/long.mjs';
import { talk } from './support/shop.mjs';

async function openSearch(hand) {
    await hand.tap(hand.page.getByRole('button', { name: 'More', exact: true }).first());
    await hand.tap(hand.page.getByRole('menuitem', { name: 'Search in conversation' }));
    return hand.page.getByRole('region', { name: 'Search in conversation' });
}

/** In sight, and not merely in the document. */
async function inSight(page, text) {
    // What a quote repeats is in a button.
    const found = page.getByRole('log').getByText(text, { exact: true }).and(page.locator(':not(button *)')).first();
    await found.waitFor();
    await assert.doesNotReject(page.waitForFunction((element) => {
        const { top, bottom } = element.getBoundingClientRect();
        const middle = document.elementFromPoint(innerWidth / 2, (top + bottom) / 2);
        return top >= 0 && bottom <= innerHeight && middle?.closest('[role=log]');
    }, await found.elementHandle()), `${text} is in sight`);
}

for (const [room, viewport] of [['a phone', undefined], ['a laptop', laptop]]) {
    story(`on ${room} the first of thousands of messages is found, and gone to`, async (world) => {
        const maya = await talk(world, 'maya.torres', 'Kai Shapes', { viewport });
        const first = await lengthen(maya, 12_000);
        const panel = await openSearch(maya);
        await panel.getByRole('searchbox').fill(first);
        await panel.getByRole('status').getByText('1 found', { exact: true }).waitFor({ timeout: 30_000 });
        await maya.tap(panel.getByRole('listitem').getByRole('button'));
        await inSight(maya.page, first);
    }, { timeout: 120_000, only: 'embedded' });
}

story('a search that is typed on gives up what it looked for', async (world) => {
    const maya = await talk(world, 'maya.torres', 'Kai Shapes', { viewport: laptop });
    await lengthen(maya, 12_000);
    const panel = await openSearch(maya);
    const words = panel.getByRole('searchbox');
    await words.fill('nowhere at all');
    await panel.getByRole('status').getByText('Searching…').waitFor();
    await panel.getByRole('progressbar', { name: 'Searching…' }).waitFor();
    await words.fill('wave 11999');
    await panel.getByRole('listitem').getByText('Wave 11999').waitFor();
    await words.fill('wave');
    await panel.getByRole('status').getByText(/^\d+ found so far$/).waitFor();
    const before = await panel.getByRole('listitem').count();
    await maya.tap(panel.getByRole('button', { name: 'Show more' }));
    await panel.getByRole('listitem').nth(before).waitFor();
}, { timeout: 120_000, only: 'embedded' });

story('a quote leads to what it quotes, far above', async (world) => {
    const maya = await talk(world, 'maya.torres', 'Kai Shapes');
    const first = await lengthen(maya, 3_000, { reply: true });
    await maya.tap(maya.page.getByRole('log').getByRole('button', { name: /replied to you/ }).last());
    await inSight(maya.page, first);
}, { timeout: 120_000, only: 'embedded' });

story('the inbox is searched by what was said last', async (world) => {
    const maya = await talk(world, 'maya.torres', 'Otto Leather');
    const field = maya.page.getByRole('textbox', { name: 'Message Otto Leather' });
    await field.fill('A very particular saddle');
    await maya.press('Enter');
    await maya.page.getByRole('log').getByText('A very particular saddle', { exact: true }).waitFor();
    const anew = await world.open('maya.torres');
    await anew.page.getByRole('searchbox', { name: 'Search' }).fill('particular saddle');
    await anew.page.getByRole('heading', { name: 'Conversations' }).waitFor();
    assert.equal(await anew.page.getByRole('link', { name: /^Otto Leather/ }).count(), 1);
    await anew.page.getByRole('searchbox', { name: 'Search' }).fill('nobody says this');
    await anew.page.getByText('No results').waitFor();
});

story('receipts are there without a conversation having been opened', async (world) => {
    const maya = await world.open('maya.torres', { path: '/wallet' });
    await maya.page.getByRole('link', { name: /K-2031/ }).click();
    await maya.page.getByRole('dialog', { name: 'Receipt' }).getByText('K-2031').first().waitFor();
});
