// What requests start from: tax by state, ways of sending that go to some states, and fetching it at the seller's.
import assert from 'node:assert/strict';
import { assertPaid, enter, order, pay, request, samsHome, sheet } from './support/shop.mjs';
import { story } from './support/app.mjs';

/** Kai collects tax in California and New York, sends everywhere or by courier in the west, and has a shed. */
async function defineSelling(world) {
    const { page } = await world.open('kai.shapes', { path: '/you?panel=selling' });
    const form = page.getByRole('form', { name: 'Delivery and tax' });
    await form.getByLabel('How you charge tax').selectOption('state');
    await form.getByLabel('Where you collect tax').fill('CA, NY');
    await form.getByText('California 7.25 %').waitFor();
    for (const [name, price, states] of [['Ground', '20', ''], ['Courier', '35', 'CA, OR']]) {
        await form.getByRole('button', { name: 'Add a way of delivery' }).click();
        await form.getByLabel('Name').last().fill(name);
        const offer = form.getByRole('group', { name, exact: true });
        await offer.getByLabel('Price').fill(price);
        await offer.getByLabel('Only to these states').fill(states);
    }
    await form.getByRole('switch', { name: 'Buyers can pick things up' }).click();
    await form.getByLabel('Place').fill('Shed 4, Encinitas');
    await form.getByLabel('State', { exact: true }).fill('CA');
    await form.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved. New requests start from it.').waitFor();
    await page.close();
}

/** Kai asks Sam for the price of six pucks of wax: delivery and tax are there already. Kai's tab. */
async function ask(world) {
    const kai = await world.open('kai.shapes');
    const { page } = kai;
    await page.getByRole('tab', { name: /^Requests/ }).click();
    await page.getByRole('tabpanel').getByRole('link', { name: /^Sam Park/ }).click();
    await page.getByRole('button', { name: 'Accept' }).click();
    await page.getByRole('button', { name: 'New payment request' }).click();
    const editor = page.getByRole('form', { name: 'New payment request' });
    await editor.getByText('Ground · $20.00').waitFor();
    await editor.getByText('CA 7.25 % · NY 4 %').waitFor();
    const said = editor.getByLabel('Say it and it fills in');
    await said.fill('6 surf wax, one puck, 7 each');
    await said.press('Enter');
    await editor.getByText(/filled in$/).waitFor();
    await editor.getByRole('button', { name: 'Send request' }).click();
    await editor.waitFor({ state: 'detached' });
    return kai;
}

async function live(dialog, state, zip) {
    await dialog.getByLabel('State').fill(state);
    await dialog.getByLabel('ZIP code').fill(zip);
}

story('tax and ways of delivery follow the address, and what is fetched needs none', async (world) => {
    await defineSelling(world);
    const kai = await ask(world);
    const sam = await world.open('sam.park');
    const { page } = sam;
    await enter(sam, 'Kai Shapes');
    await request(page).getByText('with shipping, plus tax by address').waitFor();
    await sam.tap(request(page).getByRole('button', { name: 'Pay', exact: true }));
    const dialog = sheet(page);
    await dialog.getByLabel('Full name').fill(samsHome['shipping name']);
    await dialog.getByLabel('Street address').fill(samsHome['shipping address-line1']);
    await dialog.getByLabel('City').fill(samsHome['shipping address-level2']);

    // 42.00 of wax, 20.00 for Ground; New York takes 4 %.
    await live(dialog, 'NY', '10001');
    await pay(page, '63\\.68').waitFor();
    await sam.tap(dialog.getByRole('button', { name: /^Delivery/ }));
    const courier = dialog.getByRole('radio', { name: /^Courier/ });
    assert.ok(await courier.isDisabled(), 'the courier does not go there');
    await dialog.getByText('Does not go to New York').waitFor();

    // Nobody collects in Oregon, where the courier goes.
    await live(dialog, 'OR', '97201');
    await pay(page, '62\\.00').waitFor();
    await sam.tap(courier);
    await pay(page, '77\\.00').waitFor();

    // A courier that was chosen gives way where it does not go.
    await live(dialog, 'CA', '94019');
    await pay(page, '80\\.05').waitFor();
    await live(dialog, 'NY', '10001');
    await pay(page, '63\\.68').waitFor();

    await sam.tap(dialog.getByRole('radio', { name: /^Pick up: Shed 4, Encinitas/ }));
    await dialog.getByLabel('Full name').waitFor({ state: 'detached' });
    await sam.tap(pay(page, '45\\.05'));
    await assertPaid(page);

    await kai.tap(order(kai.page).getByRole('button', { name: /^Order/ }));
    await kai.tap(kai.page.getByRole('button', { name: 'Ready for pickup' }));
    await sam.tap(order(page).getByRole('button', { name: /^Order/ }));
    await page.getByRole('heading', { name: 'Pick up at' }).waitFor();
    await sam.tap(page.getByRole('button', { name: 'I have it' }));
});
