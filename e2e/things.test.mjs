// What one owns: a ticket is granted with the money, proved to a stranger, given away, redeemed once, and revoked.
import assert from 'node:assert/strict';
import { order, sheet, talk } from './support/shop.mjs';
import { bought, codeOf, openThing, ticket, wallet } from './support/things.mjs';
import { story } from './support/app.mjs';

/** A browser that nobody is signed in to reads what a code proves. */
async function stranger(world, code, verdict) {
    const { page } = await world.open(undefined, { path: `/proof/${code}` });
    await page.getByRole('heading', { level: 1, name: verdict }).waitFor();
    await page.getByText('This browser has checked the signature: it is right.').waitFor();
    const told = await page.locator('main').innerText();
    assert.match(told, new RegExp(ticket));
    assert.match(told, /Kai Shapes/);
    assert.doesNotMatch(told, /Maya|Torres|Otto|Neptune/, 'whose it is is nobody’s business');
    assert.equal(await page.getByRole('button', { name: 'Redeem it now' }).count(), 0);
    await page.close();
}

story('a ticket is granted, proved to a stranger, given away and redeemed once', async (world) => {
    const { maya } = await bought(world);
    const page = await wallet(world, 'maya.torres');
    const thing = await openThing(page);
    await thing.getByRole('img', { name: `QR code of ${ticket}` }).waitFor();
    const old = await codeOf(thing);
    await stranger(world, old, 'Genuine');

    await thing.getByLabel('To whom').selectOption({ label: 'Otto Leather · @otto.leather' });
    await thing.getByRole('button', { name: 'Give', exact: true }).click();
    await thing.waitFor({ state: 'detached' });
    await page.getByText('Tickets and licence keys that you buy are kept here.').waitFor();
    await stranger(world, old, 'Not good any more');
    await maya.page.close();

    const otto = await talk(world, 'otto.leather', 'Maya Torres');
    await otto.page.getByRole('log').getByText(`Maya gave you ${ticket}: it is in your wallet`).waitFor();
    const code = await codeOf(await openThing(await wallet(world, 'otto.leather')));
    assert.notEqual(code, old);
    await stranger(world, code, 'Genuine');

    const { page: kai } = await world.open('kai.shapes', { path: '/orders' });
    await kai.getByRole('link', { name: 'Check a code' }).click();
    await kai.getByLabel('Code or link').fill(new URL(`/proof/${code}`, world.url).href);
    await kai.getByRole('button', { name: 'Check it' }).click();
    await kai.getByRole('heading', { level: 1, name: 'Genuine' }).waitFor();
    await kai.getByRole('button', { name: 'Redeem it now' }).click();
    await kai.getByRole('heading', { level: 1, name: 'Redeemed' }).waitFor();
    await kai.reload();
    await kai.getByRole('heading', { level: 1, name: 'Redeemed' }).waitFor();
    assert.equal(await kai.getByRole('button', { name: 'Redeem it now' }).count(), 0);
    await stranger(world, code, 'Redeemed');
});

story('a refund revokes the ticket, and what was lent comes back when it is asked for', async (world) => {
    const { kai } = await bought(world);
    const page = await wallet(world, 'maya.torres');
    const thing = await openThing(page);
    const code = await codeOf(thing);
    await thing.getByLabel('To whom').selectOption({ label: 'Otto Leather · @otto.leather' });
    await thing.getByLabel('For how long').selectOption({ label: 'For 7 days' });
    await thing.getByRole('button', { name: 'Lend', exact: true }).click();
    await thing.waitFor({ state: 'detached' });
    await stranger(world, code, 'Not good any more');
    const otto = await wallet(world, 'otto.leather');
    await openThing(otto, 'Lent to you');

    const lent = await openThing(page, 'Lent');
    await lent.getByText(/^Otto Leather has it until/).waitFor();
    await lent.getByRole('button', { name: 'Take it back' }).click();
    await lent.waitFor({ state: 'detached' });
    await stranger(world, code, 'Genuine');

    await order(kai.page).getByRole('button', { name: /^Order K-/ }).click();
    await kai.page.getByRole('button', { name: 'Refund', exact: true }).click();
    const refund = sheet(kai.page, 'Refund');
    await refund.getByText('Everything', { exact: true }).click();
    await refund.getByRole('button', { name: /^Refund \$/ }).click();
    await refund.waitFor({ state: 'detached' });
    await kai.page.getByText(/^Refunded · /).first().waitFor();
    await stranger(world, code, 'Revoked');
    await page.reload();
    const revoked = await openThing(page, 'Revoked');
    await revoked.getByText(/^It was revoked on/).waitFor();
});
