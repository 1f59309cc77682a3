// What becomes of a parcel when it does not simply come.
import assert from 'node:assert/strict';
import { Clock } from './support/clock.mjs';
import { order, paid, request, sheet, ship, talk } from './support/shop.mjs';
import { story } from './support/app.mjs';

/** Maya has paid, and Kai hands the parcel to a carrier who will do that. */
async function handedOver(world, will) {
    const maya = await paid(world);
    const clock = await Clock.open(world);
    await clock.carrier(will);
    await clock.fiveMinutes();
    const kai = await talk(world, 'kai.shapes', 'Maya Torres');
    await ship(kai, '1Z5R89390357567127');
    return { maya, kai, clock };
}

const said = (page, text) => page.getByRole('log').getByText(text).last();

story('nobody was there: it says when it comes again, and then it is there', async (world) => {
    const { maya, clock } = await handedOver(world, 'find nobody, and come again');
    await clock.carrierMoves(5);
    await order(maya.page).getByText(/^Nobody was there; it comes again by/).waitFor();
    await order(maya.page).getByText('If that does not suit you, ask the carrier for another day.').waitFor();
    await said(maya.page, /^Nobody was there · Encinitas, CA/).waitFor();
    await clock.carrierMoves(2);
    await order(maya.page).getByText(/is everything OK\?/).waitFor();
}, { timeout: 120_000 });

story('late: the buyer sees the new date', async (world) => {
    const { maya, kai, clock } = await handedOver(world, 'be three days late');
    await clock.carrierMoves(3);
    await said(maya.page, /^Delayed: now expected by/).waitFor();
    for (const { page } of [maya, kai]) await order(page).getByText(/^Delayed: now by/).waitFor();
    await maya.tap(order(maya.page).getByRole('button', { name: /^Order / }));
    const page = maya.page.getByRole('region', { name: /^Order / });
    await page.getByText(/^The carrier says that it will be late: by/).waitFor();
    await page.getByText(/^You can get help until/).waitFor();
}, { timeout: 120_000 });

story('at a pick-up point: the buyer fetches it', async (world) => {
    const { maya, kai, clock } = await handedOver(world, 'leave it at a pick-up point');
    await clock.carrierMoves(5);
    await order(maya.page).getByText(/Your turn: pick it up/).waitFor();
    await order(kai.page).getByText(/Maya’s turn: picks it up/).waitFor();
    await clock.carrierMoves();
    await said(maya.page, /^Picked up · Encinitas, CA/).waitFor();
    await order(maya.page).getByText(/is everything OK\?/).waitFor();
}, { timeout: 120_000 });

story('lost: late without a word, then to be sent again, then refunded by itself', async (world) => {
    const { maya, kai, clock } = await handedOver(world, 'lose it');
    await clock.week();
    await clock.day();
    await clock.day();
    await order(maya.page).getByText(/^Late: it should have come by/).waitFor();
    await order(maya.page).getByText('Ask Kai, or get help: the money is still held.').waitFor();
    await maya.tap(order(maya.page).getByRole('button', { name: 'Get help' }));
    await sheet(maya.page, 'Get help').getByRole('radio', { name: 'It did not come' }).waitFor();
    await maya.press('Escape');

    await clock.week();
    await order(maya.page).getByText(/Kai’s turn: sends it again by/).waitFor();
    await order(kai.page).getByText(/Your turn: send it again by/).waitFor();
    await order(kai.page).getByRole('button', { name: 'Mark shipped' }).waitFor();
    await clock.week();
    await clock.week();
    await request(maya.page, 'paid').getByText('Refunded').waitFor();
}, { timeout: 120_000 });

story('what goes back is told as back with the seller', async (world) => {
    const { maya, kai, clock } = await handedOver(world, 'take it back to the seller');
    await clock.carrierMoves(8);
    await said(maya.page, /^Back with the seller · Santa Cruz, CA/).waitFor();
    await order(kai.page).getByText(/Your turn: send it again by/).waitFor();
    await maya.tap(order(maya.page).getByRole('button', { name: /^Order / }));
    await maya.page.getByText('It is back with Kai, who sends it again, or the money goes back.').waitFor();
    assert.equal(await maya.page.getByRole('listitem').filter({ hasText: 'Did not arrive' }).count(), 1);
}, { timeout: 120_000 });
