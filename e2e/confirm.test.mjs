// Confirming a payment: by PIN where there is no passkey, by passkey where there is one.
import assert from 'node:assert/strict';
import { assertPaid, enter, openCheckout, orders, pay, request, sheet } from './support/shop.mjs';
import { withPasskey } from './support/passkey.mjs';
import { story } from './support/app.mjs';

/** From the wallet back to the inbox, and into the conversation. */
async function toKai(maya) {
    await maya.page.getByRole('link', { name: /^Messages/ }).click();
    await enter(maya, 'Kai Shapes');
    maya.startCounting();
}

story('a PIN confirms inside the second tap; a wrong one pays nothing', async (world) => {
    const maya = await world.open('maya.torres', { path: '/wallet' });
    const { page } = maya;
    await page.getByRole('button', { name: 'Set a PIN' }).click();
    const form = page.getByRole('form', { name: 'Set a PIN' });
    await form.getByLabel('New PIN').fill('12');
    await form.getByRole('button', { name: 'Save' }).click();
    await form.getByText('A PIN has four to six digits.').waitFor();
    await form.getByLabel('New PIN').fill('4711');
    await form.getByRole('button', { name: 'Save' }).click();
    await page.getByText('With your PIN').waitFor();

    await toKai(maya);
    await openCheckout(maya);
    const pin = sheet(page).getByLabel('Your PIN', { exact: true });
    await pin.waitFor();
    await pin.fill('1234');
    await maya.tap(pay(page));
    await sheet(page).getByText('This is not your PIN. Try again.').waitFor();
    assert.equal(await orders(page).count(), 0);
    await pin.fill('4711');
    await maya.tap(pay(page));
    await assertPaid(page);
});

story('a passkey confirms inside the second tap', async (world) => {
    const maya = await world.open('maya.torres', { path: '/wallet' });
    const { page } = maya;
    const authenticator = await withPasskey(page);
    await page.getByRole('button', { name: 'Add a passkey' }).click();
    await page.getByText('With your passkey').waitFor();
    assert.equal((await authenticator.credentials()).length, 1);

    await toKai(maya);
    await maya.tap(request(page).getByRole('button', { name: 'Pay', exact: true }));
    await sheet(page).getByText(/confirm with your passkey$/).waitFor();
    await maya.tap(pay(page, '412\\.00'));
    await assertPaid(page);
    assert.deepEqual(maya.count, { taps: 2, typed: 0 });
}, { host: 'localhost' });

story('a passkey that is not used pays nothing and says so', async (world) => {
    const maya = await world.open('maya.torres', { path: '/wallet' });
    const { page } = maya;
    const authenticator = await withPasskey(page);
    await page.getByRole('button', { name: 'Add a passkey' }).click();
    await page.getByText('With your passkey').waitFor();
    await authenticator.setVerified(false);

    await toKai(maya);
    await openCheckout(maya);
    await maya.tap(pay(page));
    await sheet(page).getByText('The passkey was not used, so nothing was paid. Try again.').waitFor();
    assert.equal(await orders(page).count(), 0);
    await authenticator.setVerified(true);
    await maya.tap(pay(page));
    await assertPaid(page);
}, { host: 'localhost' });
