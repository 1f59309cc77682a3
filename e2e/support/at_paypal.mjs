// What a buyer does at PayPal, and what has to be the same there and in the conversation.
import assert from 'node:assert/strict';
import { pay, request, sheet } from './shop.mjs';

/** A sum as it is shown, in cents. */
export const cents = (text) => Number(text.replace(/[^0-9]/g, ''));

/** Opens checkout from the card, for somebody who has nothing in the wallet that PayPal takes; gives back the total in cents. */
export async function openFirstCheckout(hand) {
    await hand.tap(request(hand.page).getByRole('button', { name: /^(Pay|Try again)$/ }));
    await pay(hand.page).waitFor();
    await sheet(hand.page).getByRole('radio', { name: /^PayPal/ }).and(hand.page.locator(':checked')).waitFor();
    return cents(await pay(hand.page).innerText());
}

/** The consent that PayPal keeps what is paid with. */
export const keep = (page) => sheet(page).getByRole('checkbox', { name: /^Save it for next time/ });

/** The link to PayPal, where no window is open. */
export const toPayPal = (page) => sheet(page).getByRole('link', { name: 'Continue to PayPal' });

/** PayPal's window, opened by `act`. */
export async function opened(hand, act) {
    const [window] = await Promise.all([hand.page.context().waitForEvent('page'), act()]);
    await window.getByRole('button', { name: 'Pay with balance' }).waitFor({ timeout: 20_000 });
    return window;
}

/** Taps a button of PayPal's page, whose window then closes by itself. */
export async function tapAndGone(window, name) {
    await Promise.all([window.waitForEvent('close'), window.getByRole('button', { name }).click()]);
}

/** Waits until something is so, and says what it was at last. */
export async function eventually(look, expected, what) {
    const patience = Date.now() + 15_000;
    for (;;) {
        const is = await look();
        try {
            return assert.deepEqual(is, expected, what);
        } catch (error) {
            if (Date.now() > patience) throw error;
        }
        await new Promise((later) => setTimeout(later, 100));
    }
}

const sum = (amounts) => amounts.reduce((all, amount) => all + amount, 0);

/** What the conversation says was taken, went back and was kept as a fee, in cents, as the seller sees it. */
async function toldByThread(world, thread) {
    const kai = await world.context('kai.shapes');
    const answer = await kai.request.get(new URL(`/v1/threads/${thread}`, world.url).href);
    assert.equal(answer.status(), 200);
    const { thread: { ledger, orders } } = await answer.json();
    // What Maya got in September was paid elsewhere.
    const ours = ledger.transfers.filter(({ order }) => orders[order].number !== 'K-2031');
    const moved = (is) => sum(ours.filter(is).map(({ amount }) => amount.minor));
    return {
        taken: moved(({ from }) => from === 'buyer'),
        back: moved(({ to }) => to === 'buyer'),
        fee: moved(({ to }) => to === 'processor'),
    };
}

/** The same by PayPal's own books. */
export async function toldByPayPal(world) {
    const { postings } = await world.paypal.books();
    const of = (...reasons) => sum(postings.filter(({ reason }) => reasons.includes(reason))
        .map(({ amount: { value } }) => (value.startsWith('-') ? -1 : 1) * cents(value)));
    // Nothing is minus nothing here.
    return { taken: of('capture'), back: 0 - of('refund', 'refund_failed', 'reversal'), fee: 0 - of('fee') };
}

/** Both books say that so much was taken and went back, in cents, and the same fee. */
export async function assertBooks(world, { page }, { taken, back = 0 }) {
    const thread = new URL(page.url()).pathname.split('/').at(-1);
    await eventually(async () => {
        const { fee, ...rest } = await toldByPayPal(world);
        return { ...rest, hasFee: fee > 0 };
    }, { taken, back, hasFee: taken > 0 }, 'PayPal’s books');
    await eventually(() => toldByThread(world, thread), await toldByPayPal(world), 'the conversation, beside PayPal’s books');
}

/** The one capture there is. */
export async function capture(world) {
    await eventually(async () => (await world.paypal.books()).captures.length, 1, 'one capture');
    return (await world.paypal.books()).captures[0];
}
