// Coming to terms before paying.
import assert from 'node:assert/strict';
import { Clock } from './support/clock.mjs';
import { assertPaid, openCheckout, orders, pay, request, talk } from './support/shop.mjs';
import { story } from './support/app.mjs';

story('expired: the seller sends it again with one tap, and it is paid', async (world) => {
    const maya = await talk(world, 'maya.torres', 'Kai Shapes');
    await request(maya.page).waitFor();
    const clock = await Clock.open(world);
    await clock.week();
    await request(maya.page, 'expired').waitFor();
    assert.equal(await request(maya.page, 'open').count(), 0);

    const kai = await talk(world, 'kai.shapes', 'Maya Torres');
    await kai.tap(request(kai.page, 'expired').getByRole('button', { name: 'Send again' }));
    await request(kai.page, 'open').waitFor();
    await request(kai.page, 'expired').getByText('Sent again').waitFor();
    assert.deepEqual(kai.count, { taps: 1, typed: 0 });

    await openCheckout(maya);
    await maya.tap(pay(maya.page, '412\\.00'));
    await assertPaid(maya.page);
    // The order of September is far above, and not drawn.
    assert.equal(await orders(maya.page).count(), 1);
});
