// Secure Payment Confirmation: where the browser can, it shows the payment by itself before a passkey signs it.
import assert from 'node:assert/strict';
import { assertPaid, enter, openCheckout, orders, pay, request, sheet } from './support/shop.mjs';
import { withPasskey } from './support/passkey.mjs';
import { story } from './support/app.mjs';

// On Linux it is behind a flag; the other browsers of the stories confirm with the passkey alone.
const here = { host: 'localhost', feature: 'SecurePaymentConfirmationBrowser', only: 'served' };
const notUsed = 'The passkey was not used, so nothing was paid. Try again.';

/** Maya in the conversation with Kai, with a passkey that was made for payments. */
async function mayaWithPasskey(world) {
    const maya = await world.open('maya.torres', { path: '/wallet' });
    const { page } = maya;
    const keys = await withPasskey(page);
    await page.getByRole('button', { name: 'Add a passkey' }).click();
    await page.getByText('With your passkey').waitFor();
    await page.getByRole('link', { name: /^Messages/ }).click();
    await enter(maya, 'Kai Shapes');
    maya.startCounting();
    return { maya, page, keys };
}

/** What the buyer's payments were confirmed by, as the server keeps it. */
function confirmedBy(page) {
    return page.evaluate(async () => {
        const ask = async (path) => (await fetch(`/v1${path}`)).json();
        const { entries } = await ask('/threads?folder=primary');
        const { thread } = entries.find(({ peer }) => peer.handle === 'kai.shapes');
        const payments = Object.values((await ask(`/threads/${thread}`)).thread.payments);
        return payments.sort((a, b) => a.started_at.localeCompare(b.started_at)).at(-1).confirmed_by;
    });
}

story('what the browser has shown is paid, inside the second tap', async (world) => {
    const { maya, page, keys } = await mayaWithPasskey(world);
    await keys.answerPayments('autoAccept');
    await maya.tap(request(page).getByRole('button', { name: 'Pay', exact: true }));
    await sheet(page).getByText(/confirm with your passkey$/).waitFor();
    await maya.tap(pay(page, '412\\.00'));
    await assertPaid(page);
    assert.deepEqual(maya.count, { taps: 2, typed: 0 });
    assert.equal(await confirmedBy(page), 'secure_payment');
}, here);

story('who says no to what the browser shows pays nothing', async (world) => {
    const { maya, page, keys } = await mayaWithPasskey(world);
    await keys.answerPayments('autoReject');
    await openCheckout(maya);
    await maya.tap(pay(page));
    await sheet(page).getByText(notUsed).waitFor();
    assert.equal(await orders(page).count(), 0);
    await keys.answerPayments('autoAccept');
    await maya.tap(pay(page));
    await assertPaid(page);
    assert.equal(await confirmedBy(page), 'secure_payment');
}, here);

story('who wants another way confirms with the passkey alone, in the same tap', async (world) => {
    const { maya, page, keys } = await mayaWithPasskey(world);
    await keys.answerPayments('autoChooseToAuthAnotherWay');
    await openCheckout(maya);
    await maya.tap(pay(page));
    await assertPaid(page);
    assert.equal(await confirmedBy(page), 'passkey');
}, here);

story('who opts out is not shown payments in this browser any more', async (world) => {
    const { maya, page, keys } = await mayaWithPasskey(world);
    await keys.answerPayments('autoOptOut');
    await keys.setVerified(false);
    await openCheckout(maya);
    await maya.tap(pay(page));
    await sheet(page).getByText(notUsed).waitFor();
    await keys.setVerified(true);
    // Shown once more, it would be refused.
    await keys.answerPayments('autoReject');
    await maya.tap(pay(page));
    await assertPaid(page);
    assert.equal(await confirmedBy(page), 'passkey');
}, here);
