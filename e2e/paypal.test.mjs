// PayPal as the processor: its window, what it keeps, what it takes back, and that both books say the same.
import assert from 'node:assert/strict';
import { assertBooks, capture, cents, eventually, keep, openFirstCheckout, opened, tapAndGone, toldByPayPal, toPayPal } from './support/at_paypal.mjs';
import { story as told } from './support/app.mjs';
import { Clock } from './support/clock.mjs';
import { assertPaid, openCheckout, order, orders, pay, request, sheet, ship, talk } from './support/shop.mjs';

// The server returns buyers to its own name for itself.
const story = (name, body, options) =>
    told(name, body, { only: 'served', host: 'localhost', paypal: true, timeout: 120_000, ...options });

const log = (page, text) => page.getByRole('log').getByText(text).last();

/** Maya pays Kai at PayPal; her tab and the total in cents. Nothing is taken before the time to undo is over. */
async function paid(world, button = 'Pay with balance') {
    const maya = await talk(world, 'maya.torres', 'Kai Shapes');
    const total = await openFirstCheckout(maya);
    const window = await opened(maya, () => maya.tap(pay(maya.page)));
    await tapAndGone(window, button);
    await assertPaid(maya.page);
    return { maya, total };
}

/** The same, and the money is taken. */
async function taken(world, button) {
    const { maya, total } = await paid(world, button);
    const clock = await Clock.open(world);
    await clock.fiveMinutes();
    await capture(world);
    return { maya, total };
}

/** Kai asks Maya for the price of six pucks of wax. */
async function askAgain(world) {
    const { page } = await talk(world, 'kai.shapes', 'Maya Torres');
    await page.getByRole('button', { name: 'New payment request' }).click();
    const editor = page.getByRole('form', { name: 'New payment request' });
    const said = editor.getByLabel('Say it and it fills in');
    await said.fill('6 surf wax, one puck, 7 each, shipping 5');
    await said.press('Enter');
    await editor.getByText(/filled in$/).waitFor();
    await editor.getByRole('button', { name: 'Send request' }).click();
    await request(page).waitFor();
    await page.close();
}

story('first purchase: approved in a window that opens in the tap and closes by itself, and taken once', async (world) => {
    const maya = await talk(world, 'maya.torres', 'Kai Shapes');
    const total = await openFirstCheckout(maya);
    const window = await opened(maya, () => maya.tap(pay(maya.page)));
    await window.getByText('Kai Shapes').first().waitFor();
    await sheet(maya.page).getByText('Finish in the PayPal window').waitFor();
    await tapAndGone(window, 'Pay with balance');
    await assertPaid(maya.page);
    assert.equal(await orders(maya.page).count(), 1);
    assert.deepEqual(maya.count, { taps: 2, typed: 0 }, 'card and sheet, beside PayPal’s own page');
    await assertBooks(world, maya, { taken: 0 });
    const clock = await Clock.open(world);
    await clock.fiveMinutes();
    await assertBooks(world, maya, { taken: total });
});

story('kept by consent: the next purchase takes two taps and no window', async (world) => {
    const maya = await talk(world, 'maya.torres', 'Kai Shapes');
    const first = await openFirstCheckout(maya);
    assert.ok(!await keep(maya.page).isChecked(), 'nobody agrees by default');
    await maya.tap(keep(maya.page));
    const window = await opened(maya, () => maya.tap(pay(maya.page)));
    await tapAndGone(window, 'Pay with card ending 1111');
    await assertPaid(maya.page);
    await askAgain(world);

    const windows = [];
    maya.page.context().on('page', (page) => windows.push(page));
    maya.startCounting();
    await openCheckout(maya);
    await sheet(maya.page).getByText(/b•••@simulator\.example/).first().waitFor();
    const second = cents(await pay(maya.page).innerText());
    await maya.tap(pay(maya.page));
    await sheet(maya.page).waitFor({ state: 'detached' });
    await eventually(() => orders(maya.page).count(), 2, 'the first order and the second');
    assert.deepEqual(maya.count, { taps: 2, typed: 0 });
    assert.equal(windows.length, 0, 'no window');
    const clock = await Clock.open(world);
    await clock.fiveMinutes();
    await assertBooks(world, maya, { taken: first + second });
});

story('window closed by hand: nothing has failed, it is asked again and finished', async (world) => {
    const maya = await talk(world, 'maya.torres', 'Kai Shapes');
    await openFirstCheckout(maya);
    const first = await opened(maya, () => maya.tap(pay(maya.page)));
    await first.close();
    // All tabs of this browser count as focused, so coming back to one has to be said.
    await maya.page.evaluate(() => dispatchEvent(new Event('focus')));
    await toPayPal(maya.page).waitFor();
    await sheet(maya.page).getByText('Finish in the PayPal window').waitFor();
    assert.equal(await sheet(maya.page).locator('.error').count(), 0);
    const second = await opened(maya, () => maya.tap(toPayPal(maya.page)));
    await tapAndGone(second, 'Pay with balance');
    await assertPaid(maya.page);
    assert.equal((await world.paypal.books()).orders.length, 1, 'the same order');
    await assertBooks(world, maya, { taken: 0 });
});

story('window blocked: a link does the same', async (world) => {
    const maya = await talk(world, 'maya.torres', 'Kai Shapes');
    await openFirstCheckout(maya);
    await maya.tap(pay(maya.page));
    const window = await opened(maya, () => maya.tap(toPayPal(maya.page)));
    await tapAndGone(window, 'Pay with balance');
    await assertPaid(maya.page);
    await assertBooks(world, maya, { taken: 0 });
}, { scripts: ['window.open = () => null;'] });

story('cancelled in the window: nothing has failed, and it goes on', async (world) => {
    const maya = await talk(world, 'maya.torres', 'Kai Shapes');
    await openFirstCheckout(maya);
    const first = await opened(maya, () => maya.tap(pay(maya.page)));
    await tapAndGone(first, 'Cancel and return');
    await maya.page.evaluate(() => dispatchEvent(new Event('focus')));
    await toPayPal(maya.page).waitFor();
    assert.equal(await sheet(maya.page).locator('.error').count(), 0);
    const second = await opened(maya, () => maya.tap(toPayPal(maya.page)));
    await tapAndGone(second, 'Pay with balance');
    await assertPaid(maya.page);
    await assertBooks(world, maya, { taken: 0 });
});

story('cancelled in the chat: what is approved afterwards reserves nothing', async (world) => {
    const maya = await talk(world, 'maya.torres', 'Kai Shapes');
    await openFirstCheckout(maya);
    const window = await opened(maya, () => maya.tap(pay(maya.page)));
    await maya.tap(sheet(maya.page).getByRole('button', { name: 'Cancel payment' }));
    await sheet(maya.page).getByText('You cancelled the payment. Nothing was charged.').waitFor();
    await pay(maya.page).waitFor();
    if (!window.isClosed()) await window.waitForEvent('close');
    const { orders: [asked] } = await world.paypal.books();
    await world.paypal.control(`orders/${asked.id}/approve`, { email: 'buyer@simulator.example' });
    const clock = await Clock.open(world);
    await clock.fiveMinutes();
    assert.equal((await world.paypal.books()).authorizations.length, 0);
    assert.equal(await orders(maya.page).count(), 0);
    await assertBooks(world, maya, { taken: 0 });
});

story('declined: a sentence, and another try pays', async (world) => {
    const maya = await talk(world, 'maya.torres', 'Kai Shapes');
    const total = await openFirstCheckout(maya);
    world.allow(/\[(INSTRUMENT_DECLINED|ORDER_NOT_APPROVED)\]/);
    const first = await opened(maya, () => maya.tap(pay(maya.page)));
    await tapAndGone(first, 'Decline my card');
    await sheet(maya.page).getByText(/Nothing was charged\./).waitFor();
    assert.equal(await orders(maya.page).count(), 0);
    const second = await opened(maya, () => maya.tap(pay(maya.page)));
    await tapAndGone(second, 'Pay with balance');
    await assertPaid(maya.page);
    const clock = await Clock.open(world);
    await clock.fiveMinutes();
    await assertBooks(world, maya, { taken: total });
});

story('pending at the bank: the seller does not ship, and PayPal’s word completes it', async (world) => {
    const { maya, total } = await taken(world, /^Pay with bank/);
    const kai = await talk(world, 'kai.shapes', 'Maya Torres');
    await log(kai.page, 'The payment is being checked: do not ship yet').waitFor();
    await order(kai.page).getByText(/Do not ship yet/).waitFor();
    assert.equal(await order(kai.page).getByRole('button', { name: 'Mark shipped' }).count(), 0);
    await log(maya.page, 'The payment is being checked; this can take days').waitFor();
    await assertBooks(world, maya, { taken: 0 });

    await world.paypal.control(`captures/${(await capture(world)).id}/settle`);
    await order(kai.page).getByRole('button', { name: 'Mark shipped' }).waitFor();
    await assertBooks(world, maya, { taken: total });
});

story('a part and then the rest goes back, and arrives', async (world) => {
    const { maya, total } = await taken(world);
    const kai = await talk(world, 'kai.shapes', 'Maya Torres');
    await kai.tap(order(kai.page).getByRole('button', { name: /^Order / }));
    const dock = kai.page.getByRole('region', { name: /^Order / });
    await kai.tap(dock.getByRole('button', { name: 'Refund', exact: true }));
    const back = sheet(kai.page, 'Refund');
    await kai.tap(back.getByText('By amount'));
    await back.getByRole('textbox', { name: 'Amount' }).fill('10');
    await kai.tap(back.getByRole('button', { name: 'Refund $10.00' }));
    await back.waitFor({ state: 'detached' });
    await log(maya.page, 'The refund has arrived').waitFor();
    await assertBooks(world, maya, { taken: total, back: 1_000 });

    await kai.tap(dock.getByRole('button', { name: 'Refund', exact: true }));
    await kai.tap(back.getByText('Everything'));
    await kai.tap(back.getByRole('button', { name: /^Refund \$/ }));
    await back.waitFor({ state: 'detached' });
    await request(maya.page, 'paid').getByText('Refunded').waitFor();
    await assertBooks(world, maya, { taken: total, back: total });
});

story('disputed, answered with the tracking, and decided for the seller', async (world) => {
    const { maya, total } = await taken(world);
    const kai = await talk(world, 'kai.shapes', 'Maya Torres');
    await ship(kai, '1Z5R89390357567127');
    const { dispute_id: dispute } = await world.paypal.control(`captures/${(await capture(world)).id}/disputes`);
    await log(kai.page, 'Maya opened a dispute at PayPal').waitFor();
    await log(maya.page, 'You opened a dispute at PayPal').waitFor();
    await kai.tap(order(kai.page).getByRole('button', { name: 'Answer the case' }));
    const help = sheet(kai.page, 'Dispute at PayPal');
    await help.getByText(/^It did not arrive/).waitFor();
    await kai.tap(help.getByRole('button', { name: 'Send the tracking as proof' }));
    await help.getByText('PayPal looks at it and decides. It is told here.').waitFor();
    await eventually(async () => (await world.paypal.books()).disputes[0].status, 'UNDER_REVIEW', 'the answer is at PayPal');
    await log(maya.page, 'Kai sent proof of shipping').waitFor();

    await world.paypal.control(`disputes/${dispute}/resolve`, { outcome: 'seller_favour' });
    await log(kai.page, 'The dispute is over: the payment stands').waitFor();
    await assertBooks(world, maya, { taken: total });
});

story('disputed, and decided for the buyer', async (world) => {
    const { maya, total } = await taken(world);
    const { dispute_id: dispute } = await world.paypal.control(`captures/${(await capture(world)).id}/disputes`);
    await maya.tap(order(maya.page).getByRole('button', { name: 'See the case' }));
    await sheet(maya.page, 'Dispute at PayPal').getByText(/^PayPal asks Kai for an answer/).waitFor();
    await world.paypal.control(`disputes/${dispute}/resolve`, { outcome: 'buyer_favour' });
    await log(maya.page, /^The dispute is over: \$[0-9.,]+ went back/).waitFor();
    await assertBooks(world, maya, { taken: total, back: total });
});

story('with the keyboard alone: the dispute opens, Esc leaves one thing at a time, and the seller gives in', async (world) => {
    const { maya, total } = await taken(world);
    await world.paypal.control(`captures/${(await capture(world)).id}/disputes`);
    const kai = await talk(world, 'kai.shapes', 'Maya Torres');
    const { page } = kai;
    const answer = order(page).getByRole('button', { name: 'Answer the case' });
    const help = sheet(page, 'Dispute at PayPal');
    const focused = page.locator(':focus');
    await answer.focus();
    await kai.press('Enter');
    await help.getByText(/^Nothing with a tracking number was sent yet/).waitFor();
    await kai.press('Escape');
    await help.waitFor({ state: 'detached' });
    await answer.and(focused).waitFor();

    await kai.press('Enter');
    const giveIn = help.getByRole('button', { name: 'Give the money back' });
    await giveIn.waitFor();
    for (let tabs = 0; tabs < 6 && !await giveIn.and(focused).count(); tabs += 1) await kai.press('Tab');
    await giveIn.and(focused).waitFor();
    await kai.press('Enter');
    const sure = sheet(page, 'Give all of it back?');
    await sure.waitFor();
    await kai.press('Escape');
    await sure.waitFor({ state: 'detached' });
    await giveIn.and(focused).waitFor();
    await kai.press('Enter');
    await sure.getByRole('button', { name: 'Give the money back' }).press('Enter');
    await log(page, 'You agreed to give the money back').waitFor();
    await log(page, /^The dispute is over: \$[0-9.,]+ went back/).waitFor();
    await assertBooks(world, maya, { taken: total, back: total });
});

story('returned in the same tab: the page tells the thread, and leads back', async (world) => {
    const maya = await talk(world, 'maya.torres', 'Kai Shapes');
    const elsewhere = await talk(world, 'maya.torres', 'Kai Shapes');
    await openFirstCheckout(maya);
    await maya.tap(pay(maya.page));
    await toPayPal(maya.page).waitFor();
    await maya.page.goto(await toPayPal(maya.page).getAttribute('href'));
    await maya.page.getByRole('button', { name: 'Pay with balance' }).click();
    await maya.page.getByText('Your chat knows; you can close this window.').waitFor();
    await request(elsewhere.page, 'paid').waitFor();
    await maya.tap(maya.page.getByRole('link', { name: 'Back to chat' }));
    await maya.page.getByRole('tabpanel').getByRole('link', { name: /^Kai Shapes/ }).waitFor();
    await assertBooks(world, elsewhere, { taken: 0 });
}, { scripts: ['window.open = () => null;'] });

story('nothing of PayPal’s names for money, tokens or people is told to a page', async (world) => {
    const bodies = [];
    const maya = await talk(world, 'maya.torres', 'Kai Shapes');
    maya.page.on('response', (response) => {
        const { pathname } = new URL(response.url());
        // A stream has no end to wait for.
        if (pathname.startsWith('/v1/') && pathname !== '/v1/stream') bodies.push(response.text().catch(() => ''));
    });
    const total = await openFirstCheckout(maya);
    await maya.tap(keep(maya.page));
    const window = await opened(maya, () => maya.tap(pay(maya.page)));
    await tapAndGone(window, 'Pay with card ending 1111');
    await assertPaid(maya.page);
    const clock = await Clock.open(world);
    await clock.fiveMinutes();
    await assertBooks(world, maya, { taken: total });

    const { id: captured } = await capture(world);
    const books = await world.paypal.books();
    const { id: token, customer } = books.orders[0].payment_source.paypal.attributes.vault;
    const secrets = [token, customer.id, captured, books.authorizations[0].id, 'simulated-secret', 'simulated-client'];
    const api = maya.page.context().request;
    for (const path of [new URL(maya.page.url()).pathname.replace('/t/', '/v1/threads/'), '/v1/wallet', '/v1/events']) {
        bodies.push((await api.get(new URL(path, world.url).href)).text());
    }
    bodies.push(maya.page.content());
    bodies.push(maya.page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }])));
    const said = await Promise.all(bodies);
    assert.ok(said.length > 5);
    for (const secret of secrets) assert.ok(!said.some((text) => text.includes(secret)), `${secret} is told to nobody`);
    assert.equal((await toldByPayPal(world)).taken, total);
});
