// Nothing is lost and nothing happens twice.
import assert from 'node:assert/strict';
import { Clock } from './support/clock.mjs';
import { assertPaid, choose, openCheckout, orders, pay, request, sheet, talk, undo } from './support/shop.mjs';
import { story } from './support/app.mjs';

async function reload(hand) {
    await hand.page.reload();
    await hand.page.getByRole('log').waitFor({ timeout: 20_000 });
}

story('a reload at every step of checkout goes on where it was', async (world) => {
    const maya = await talk(world, 'maya.torres', 'Kai Shapes');
    const { page } = maya;
    await request(page).waitFor();
    await reload(maya);

    await openCheckout(maya);
    await choose(maya, /Gives no clear answer/);
    await reload(maya);
    await pay(page, '412\\.00').waitFor();
    await sheet(page).getByRole('button', { name: /^Pay with Gives no clear answer/ }).waitFor();

    await choose(maya, /^PayPal/);
    await reload(maya);
    const [window] = await Promise.all([page.context().waitForEvent('page'), maya.tap(pay(page))]);
    await window.getByRole('button', { name: 'Approve', exact: true }).waitFor({ timeout: 20_000 });
    await sheet(page).getByText('Finish in the PayPal window').waitFor();
    await window.close();
    await reload(maya);
    await sheet(page).getByText('Finish in the PayPal window').waitFor();
    await maya.tap(sheet(page).getByRole('button', { name: 'Cancel payment' }));
    await sheet(page).getByText('You cancelled the payment. Nothing was charged.').waitFor();
    await reload(maya);
    await sheet(page).getByText('You cancelled the payment. Nothing was charged.').waitFor();

    await choose(maya, /Gives no clear answer/);
    await maya.tap(pay(page));
    await sheet(page).getByText(/^We are checking the payment\./).waitFor();
    await reload(maya);
    await sheet(page).getByText(/^We are checking the payment\./).waitFor();
    assert.equal(await pay(page).count(), 0);
    const clock = await Clock.open(world);
    await clock.fiveMinutes();
    await sheet(page).waitFor({ state: 'detached' });
    await request(page, 'paid').waitFor();
    await reload(maya);
    await request(page, 'paid').waitFor();
    assert.equal(await orders(page).count(), 1);
}, { timeout: 180_000 });

story('Back closes checkout, and a reload does not open it again', async (world) => {
    const maya = await talk(world, 'maya.torres', 'Kai Shapes');
    await openCheckout(maya);
    await maya.page.goBack();
    await sheet(maya.page).waitFor({ state: 'detached' });
    await reload(maya);
    await request(maya.page, 'open').waitFor();
    assert.equal(await sheet(maya.page).count(), 0);
});

story('a double tap pays once', async (world) => {
    const maya = await talk(world, 'maya.torres', 'Kai Shapes');
    await openCheckout(maya);
    await pay(maya.page).dblclick();
    await assertPaid(maya.page);
    assert.equal(await orders(maya.page).count(), 1);
    assert.equal(await maya.page.getByRole('button', { name: /^You paid/ }).count(), 1);
});

/** Two taps in one moment: neither waits for what the other changes. */
async function tapWhereItIs(page) {
    const { x, y, width, height } = await pay(page).boundingBox();
    await page.mouse.click(x + width / 2, y + height / 2);
}

story('two tabs pay once', async (world) => {
    const one = await talk(world, 'maya.torres', 'Kai Shapes');
    const two = await talk(world, 'maya.torres', 'Kai Shapes');
    await openCheckout(one);
    await openCheckout(two);
    await Promise.all([tapWhereItIs(one.page), tapWhereItIs(two.page)]);
    for (const { page } of [one, two]) {
        await request(page, 'paid').waitFor();
        await undo(page).waitFor();
        assert.equal(await orders(page).count(), 1);
        assert.equal(await page.getByRole('button', { name: /^You paid/ }).count(), 1);
    }
    const kai = await talk(world, 'kai.shapes', 'Maya Torres');
    await request(kai.page, 'paid').getByText('Held until delivered').waitFor();
    assert.equal(await orders(kai.page).count(), 1);
});

story('messages written offline arrive once, in order', async (world) => {
    const maya = await talk(world, 'maya.torres', 'Otto Leather');
    const otto = await talk(world, 'otto.leather', 'Maya Torres');
    await world.offline('maya.torres', true);
    const field = maya.page.getByRole('textbox', { name: 'Message Otto Leather' });
    const said = ['It rains here', 'I hope the parcel is dry', 'See you'];
    for (const text of said) {
        await maya.type(field, text);
        await maya.press('Enter');
        await maya.page.getByRole('log').getByText(text, { exact: true }).waitFor();
    }
    // Each says so when the browser has written it down.
    await maya.page.getByRole('log').getByText('Waiting for a connection').nth(said.length - 1).waitFor();
    assert.equal(await otto.page.getByRole('log').getByText(said[0], { exact: true }).count(), 0);

    await world.reload(maya);
    await maya.page.getByRole('log').getByText('See you', { exact: true }).waitFor({ timeout: 20_000 });
    await world.offline('maya.torres', false);
    for (const text of said) await otto.page.getByRole('log').getByText(text, { exact: true }).waitFor({ timeout: 20_000 });
    await maya.page.getByText('Waiting for a connection').first().waitFor({ state: 'detached', timeout: 20_000 });
    for (const { page } of [maya, otto]) {
        const log = await page.getByRole('log').innerText();
        const places = said.map((text) => log.indexOf(text));
        assert.deepEqual(places, [...places].sort((a, b) => a - b), 'in order');
        for (const text of said) assert.equal(log.split(text).length, 2, `once: ${text}`);
    }
}, { timeout: 120_000 });
