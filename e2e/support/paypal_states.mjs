// The states of the app that there are only where PayPal is the processor; see states.mjs.
import { capture, keep, openFirstCheckout, opened, tapAndGone, toPayPal } from './at_paypal.mjs';
import { Clock } from './clock.mjs';
import { assertPaid, enter, order, pay, sheet } from './shop.mjs';

const [maya, kai] = ['maya.torres', 'kai.shapes'];
const served = { only: 'served', options: { host: 'localhost', paypal: true } };
const blocked = { only: 'served', options: { ...served.options, scripts: ['window.open = () => null;'] } };

/** A hand for steps that nobody counts. */
const hand = (page) => ({ page, tap: (target) => target.click() });

async function checkout(page) {
    await enter(hand(page), 'Kai Shapes');
    await openFirstCheckout(hand(page));
}

/** Maya's checkout, with PayPal's window open. */
async function waiting(page) {
    await checkout(page);
    const window = await opened(hand(page), () => pay(page).click());
    await sheet(page).getByText('Finish in the PayPal window').waitFor();
    return window;
}

/** Maya has paid, in that tab or one of her own, and Kai has the money. */
async function taken(world, page, button = 'Pay with balance') {
    const own = page ?? (await world.open(maya)).page;
    const window = await waiting(own);
    await tapAndGone(window, button);
    await assertPaid(own);
    await (await Clock.open(world)).fiveMinutes();
    return (await capture(world)).id;
}

/** Opens what is said about a dispute, from the order's card. */
async function dispute(page, button) {
    await order(page).getByRole('button', { name: button }).click();
    await sheet(page, 'Dispute at PayPal').getByText('It did not arrive').waitFor();
}

export const paypalStates = [
    {
        ...served, name: 'paypal-checkout', as: maya,
        async reach(page) {
            await checkout(page);
            await keep(page).scrollIntoViewIfNeeded();
        },
    },
    { ...served, name: 'paypal-waiting', as: maya, reach: waiting },
    {
        ...blocked, name: 'paypal-blocked', as: maya,
        async reach(page) {
            await checkout(page);
            await pay(page).click();
            await toPayPal(page).waitFor();
        },
    },
    {
        ...served, name: 'paypal-wallet', as: maya,
        async reach(page, world) {
            await checkout(page);
            await keep(page).check();
            const window = await opened(hand(page), () => pay(page).click());
            await tapAndGone(window, 'Pay with balance');
            await assertPaid(page);
            await page.goto(new URL('/wallet', world.url).href);
            await page.getByText(/b•••@/).waitFor();
        },
    },
    {
        ...served, name: 'paypal-pending', as: kai,
        async reach(page, world) {
            await taken(world, undefined, /^Pay with bank/);
            await enter(hand(page), 'Maya Torres');
            await order(page).getByText(/Do not ship yet/).waitFor();
        },
    },
    {
        ...served, name: 'paypal-dispute-seller', as: kai,
        async reach(page, world) {
            const paid = await taken(world);
            await enter(hand(page), 'Maya Torres');
            await world.paypal.control(`captures/${paid}/disputes`);
            await dispute(page, 'Answer the case');
        },
    },
    {
        ...served, name: 'paypal-dispute-buyer', as: maya,
        async reach(page, world) {
            const paid = await taken(world, page);
            await world.paypal.control(`captures/${paid}/disputes`);
            await dispute(page, 'See the case');
        },
    },
    {
        only: 'served', name: 'paypal-returned', path: '/returned.html',
        async reach(page) {
            await page.getByRole('link', { name: 'Back to chat' }).waitFor();
        },
    },
];
