// What somebody owns: bought, found in the wallet, and its code.
import assert from 'node:assert/strict';
import { Clock } from './clock.mjs';
import { assertPaid, openCheckout, order, pay, sheet, talk } from './shop.mjs';

export const ticket = 'Shaping day ticket';

/** Kai asks Maya for the price of some tickets: it says by itself that nothing is sent. Kai's tab. */
async function askForTickets(world, count) {
    const kai = await talk(world, 'kai.shapes', 'Maya Torres');
    await kai.page.getByRole('button', { name: 'New payment request' }).click();
    const editor = kai.page.getByRole('form', { name: 'New payment request' });
    const said = editor.getByLabel('Say it and it fills in');
    await said.fill(`${count} shaping day ticket`);
    await said.press('Enter');
    await editor.getByText(/filled in$/).waitFor();
    assert.ok(await editor.getByRole('switch', { name: /^Digital/ }).isChecked(), 'a ticket is handed over, not sent');
    await editor.getByRole('button', { name: 'Send request' }).click();
    await editor.waitFor({ state: 'detached' });
    return kai;
}

/** Maya has paid, and the time to undo is over. */
export async function bought(world, count = 1) {
    const kai = await askForTickets(world, count);
    const maya = await talk(world, 'maya.torres', 'Kai Shapes');
    await openCheckout(maya);
    await maya.tap(pay(maya.page));
    await assertPaid(maya.page);
    const clock = await Clock.open(world);
    await clock.fiveMinutes();
    await order(maya.page).getByText(/handed over/i).first().waitFor();
    return { kai, maya };
}

/** The things that somebody owns. */
export async function wallet(world, handle) {
    const { page } = await world.open(handle, { path: '/wallet' });
    await page.getByRole('heading', { name: 'Things you own' }).waitFor();
    return page;
}

/** Opens a thing that stands so. */
export async function openThing(page, standing = 'Good') {
    await page.getByRole('button', { name: new RegExp(`^${ticket}.*${standing}$`) }).first().click();
    const thing = sheet(page, ticket);
    await thing.waitFor();
    return thing;
}

/** What its code is. */
export const codeOf = async (thing) => (await thing.getByLabel('Code', { exact: true }).innerText()).trim();
