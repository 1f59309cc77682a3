// Paying, counted in taps.
import assert from 'node:assert/strict';
import { assertPaid, openCheckout, order, pay, request, sheet, talk } from './support/shop.mjs';
import { story } from './support/app.mjs';

story('a returning buyer pays in 2 taps and types nothing', async (world) => {
    const maya = await talk(world, 'maya.torres', 'Kai Shapes');
    await maya.tap(request(maya.page).getByRole('button', { name: 'Pay', exact: true }));
    await maya.tap(pay(maya.page, '412\\.00'));
    await assertPaid(maya.page);
    assert.deepEqual(maya.count, { taps: 2, typed: 0 });
});

story('before paying the sheet says everything that follows from it', async (world) => {
    const maya = await talk(world, 'maya.torres', 'Kai Shapes');
    await openCheckout(maya);
    const dialog = sheet(maya.page);
    for (const words of ['$380.00', '−$20.00', '$20.50', '$31.50', '$412.00', /^Processed by PayPal/]) {
        await dialog.getByText(words, { exact: typeof words === 'string' }).first().waitFor();
    }
    await maya.tap(dialog.getByText('Late, lost or not as described?'));
    for (const words of [/^Changed your mind\?/, /^Late\?/, /^Lost\?/, /^Not as described\?/]) {
        await dialog.getByText(words).waitFor();
    }
    await maya.tap(dialog.getByRole('button', { name: 'Close checkout' }));
    await sheet(maya.page).waitFor({ state: 'detached' });
    await request(maya.page, 'open').waitFor();
    assert.equal(await order(maya.page).count(), 0);
});
