// What a payment processor can answer besides yes.
import assert from 'node:assert/strict';
import { Clock } from './support/clock.mjs';
import { assertPaid, choose, openCheckout, orders, pay, request, sheet, talk } from './support/shop.mjs';
import { story } from './support/app.mjs';

/** The processor's own window, opened by `act`. */
async function opened(hand, act) {
    const [window] = await Promise.all([hand.page.context().waitForEvent('page'), act()]);
    await window.getByRole('button', { name: 'Approve', exact: true }).waitFor({ timeout: 20_000 });
    return window;
}

const toBank = (page) => sheet(page).getByRole('link', { name: 'Confirm with your bank' });

async function tapAndGone(window, name) {
    await Promise.all([window.waitForEvent('close'), window.getByRole('button', { name, exact: true }).click()]);
}

story('declined: a human reason, and another method pays', async (world) => {
    const maya = await talk(world, 'maya.torres', 'Kai Shapes');
    await openCheckout(maya);
    await choose(maya, /Says no: not enough money/);
    await maya.tap(pay(maya.page));
    await sheet(maya.page).getByText('There is not enough money on this method. Nothing was charged. Choose another one.').waitFor();
    await choose(maya, /^Meta Pay ·· 4242/);
    await maya.tap(pay(maya.page));
    await assertPaid(maya.page);
    assert.equal(await orders(maya.page).count(), 1);
});

story('challenge: the bank checks in its own window, then it is paid', async (world) => {
    const maya = await talk(world, 'maya.torres', 'Kai Shapes');
    await openCheckout(maya);
    await choose(maya, /Wants the bank’s check first/);
    await maya.tap(pay(maya.page));
    await sheet(maya.page).getByText('Your bank wants to check that it is you').waitFor();
    const bank = await opened(maya, () => maya.tap(toBank(maya.page)));
    await bank.getByRole('heading', { name: 'Your bank’s check' }).waitFor();
    await tapAndGone(bank, 'Approve');
    await assertPaid(maya.page);
});

story('challenge failed: nothing is charged, and it can be tried again', async (world) => {
    const maya = await talk(world, 'maya.torres', 'Kai Shapes');
    await openCheckout(maya);
    await choose(maya, /Wants the bank’s check first/);
    await maya.tap(pay(maya.page));
    const bank = await opened(maya, () => maya.tap(toBank(maya.page)));
    await tapAndGone(bank, 'Fail the check');
    await sheet(maya.page).getByText(/^The bank’s check was not passed\. Nothing was charged\./).waitFor();
    assert.equal(await orders(maya.page).count(), 0);
    await choose(maya, /^Meta Pay ·· 4242/);
    await maya.tap(pay(maya.page));
    await assertPaid(maya.page);
});

story('unknown: it is being checked, and resolves by itself', async (world) => {
    const maya = await talk(world, 'maya.torres', 'Kai Shapes');
    await openCheckout(maya);
    await choose(maya, /Gives no clear answer/);
    await maya.tap(pay(maya.page));
    const checking = sheet(maya.page).getByText('We are checking the payment. You are not charged twice. You can close this.');
    await checking.waitFor();
    assert.equal(await pay(maya.page).count(), 0, 'nothing can be paid meanwhile');
    const clock = await Clock.open(world);
    await clock.nextDeadline();
    await clock.fiveMinutes();
    await sheet(maya.page).waitFor({ state: 'detached' });
    await request(maya.page, 'paid').waitFor();
    assert.equal(await orders(maya.page).count(), 1);
});

story('approval window closed: nothing has failed, it opens again', async (world) => {
    const maya = await talk(world, 'maya.torres', 'Kai Shapes');
    await openCheckout(maya);
    await choose(maya, /^PayPal/);
    const first = await opened(maya, () => maya.tap(pay(maya.page)));
    await first.close();
    // All tabs of this browser count as focused, so coming back to one has to be said.
    await maya.page.evaluate(() => dispatchEvent(new Event('focus')));
    await sheet(maya.page).getByText('Finish in the PayPal window').waitFor();
    const again = sheet(maya.page).getByRole('link', { name: 'Continue to PayPal' });
    const second = await opened(maya, () => maya.tap(again));
    await tapAndGone(second, 'Approve');
    await assertPaid(maya.page);
    assert.equal(await orders(maya.page).count(), 1);
});

const noWindows = 'window.open = () => null;';

story('approval window blocked: a link does the same', async (world) => {
    const maya = await talk(world, 'maya.torres', 'Kai Shapes');
    await openCheckout(maya);
    await choose(maya, /^PayPal/);
    await maya.tap(pay(maya.page));
    const go = sheet(maya.page).getByRole('link', { name: 'Continue to PayPal' });
    const window = await opened(maya, () => maya.tap(go));
    await tapAndGone(window, 'Approve');
    await assertPaid(maya.page);
}, { scripts: [noWindows] });

story('approval cancelled: the sheet says so and the request stays open', async (world) => {
    const maya = await talk(world, 'maya.torres', 'Kai Shapes');
    await openCheckout(maya);
    await choose(maya, /^PayPal/);
    const window = await opened(maya, () => maya.tap(pay(maya.page)));
    await tapAndGone(window, 'Cancel');
    await sheet(maya.page).getByText('You cancelled the payment. Nothing was charged.').waitFor();
    await pay(maya.page).waitFor();
});
