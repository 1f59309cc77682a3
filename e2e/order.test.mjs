// What follows a payment.
import assert from 'node:assert/strict';
import { Clock } from './support/clock.mjs';
import { order, orders, paid, request, sheet, ship, talk, undo } from './support/shop.mjs';
import { story } from './support/app.mjs';

story('undo: within five minutes nothing is charged', async (world) => {
    const maya = await paid(world);
    maya.startCounting();
    await maya.tap(undo(maya.page).getByRole('button', { name: 'Undo' }));
    await order(maya.page).getByText('Undone: nothing was charged').waitFor();
    await undo(maya.page).waitFor({ state: 'detached' });
    await request(maya.page, 'paid').getByText('Undone').waitFor();
    assert.deepEqual(maya.count, { taps: 1, typed: 0 });
});

story('undo ends after five minutes, and the money is held', async (world) => {
    const maya = await paid(world);
    const clock = await Clock.open(world);
    await clock.fiveMinutes();
    await undo(maya.page).waitFor({ state: 'detached' });
    const kai = await talk(world, 'kai.shapes', 'Maya Torres');
    await request(kai.page, 'paid').getByText('Held until delivered').waitFor();
});

story('two parcels: partly shipped, delivered, released to the seller', async (world) => {
    const maya = await paid(world);
    const kai = await talk(world, 'kai.shapes', 'Maya Torres');
    await ship(kai, '1Z5R89390357567127', ["Leash 6'"]);
    await order(kai.page).getByText(/ship the rest by/).waitFor();
    await order(maya.page).getByText(/ships the rest by/).waitFor();
    await undo(maya.page).waitFor({ state: 'detached' });
    await ship(kai, '9400111201080805483016');
    await order(maya.page).getByText(/^On its way, by/).waitFor();

    const clock = await Clock.open(world);
    await clock.week();
    await clock.day();
    await clock.day();
    await order(maya.page).getByText(/is everything OK\?/).waitFor();
    await maya.tap(order(maya.page).getByRole('button', { name: 'Everything is OK' }));
    await maya.tap(sheet(maya.page, 'Is everything OK?')
        .getByRole('button', { name: 'Everything is OK, pay Kai' }));
    await order(maya.page).getByText('Delivered, all good').waitFor();
    await request(kai.page, 'paid').getByText('Paid out to you').waitFor();
});

story('what the seller brings has no tracking: the buyer says that it came', async (world) => {
    const maya = await paid(world);
    const kai = await talk(world, 'kai.shapes', 'Maya Torres');
    await kai.tap(order(kai.page).getByRole('button', { name: 'Mark shipped' }));
    const parcel = sheet(kai.page, 'Mark shipped');
    await kai.tap(parcel.getByRole('switch', { name: /I bring it myself/ }));
    await kai.tap(parcel.getByRole('button', { name: 'Mark shipped' }));
    await parcel.waitFor({ state: 'detached' });
    const clock = await Clock.open(world);
    await clock.fiveMinutes();
    await maya.tap(order(maya.page).getByRole('button', { name: 'Everything is OK' }));
    await maya.tap(sheet(maya.page, 'Is everything OK?')
        .getByRole('button', { name: 'Everything is OK, pay Kai' }));
    await order(maya.page).getByText('Delivered, all good').waitFor();
});

story('not shipped in time: refunded by itself', async (world) => {
    const maya = await paid(world);
    const clock = await Clock.open(world);
    await clock.week();
    await clock.week();
    await order(maya.page).getByText(/^(Not shipped in time: refunded|Refunded)$/).waitFor();
    await request(maya.page, 'paid').getByText('Refunded').waitFor();
    const kai = await talk(world, 'kai.shapes', 'Maya Torres');
    await request(kai.page, 'paid').getByText('Back with the buyer').waitFor();
    assert.equal(await orders(kai.page).count(), 1);
});

story('silence after delivery pays the seller by itself', async (world) => {
    const maya = await paid(world);
    const kai = await talk(world, 'kai.shapes', 'Maya Torres');
    await ship(kai, '1Z5R89390357567127');
    const clock = await Clock.open(world);
    await clock.week();
    await clock.week();
    await request(kai.page, 'paid').getByText('Paid out to you').waitFor();
    await order(maya.page).getByText('Delivered, all good').waitFor();
});

story('what was promised at checkout stands on the order, with its dates', async (world) => {
    const maya = await paid(world);
    const kai = await talk(world, 'kai.shapes', 'Maya Torres');
    const { page } = maya;
    await maya.tap(order(page).getByRole('button', { name: /^Order/ }));
    const ways = page.getByRole('region', { name: /^Order/ });
    await maya.tap(ways.getByText('Late, lost or not as described?'));
    const answer = (words) => ways.getByRole('listitem').filter({ hasText: words });
    await answer(/^Late\? Kai ships by .* Otherwise you are refunded automatically\.$/).waitFor();
    await answer(/^Lost\? Ask for help until /).waitFor();

    await ship(kai, '1Z5R89390357567127');
    await answer(/^It should be with you by /).waitFor();
    await answer(/^Late\?/).waitFor({ state: 'detached' });

    const clock = await Clock.open(world);
    await clock.week();
    await clock.day();
    await clock.day();
    await answer(/^Not as described\? Say so until .* Kai is paid only after that\.$/).waitFor();
    await answer(/^Lost\?/).waitFor({ state: 'detached' });

    await maya.tap(ways.getByRole('button', { name: 'Everything is OK' }));
    await maya.tap(sheet(page, 'Is everything OK?').getByRole('button', { name: 'Everything is OK, pay Kai' }));
    await ways.getByText('Late, lost or not as described?').waitFor({ state: 'detached' });
});
