// Coming to terms before paying.
import assert from 'node:assert/strict';
import { Clock } from './support/clock.mjs';
import { assertPaid, openCheckout, orders, pay, request, sheet, talk } from './support/shop.mjs';
import { story } from './support/app.mjs';
import { looksOf, photo } from './support/photo.mjs';

story('counter, accept, and the revised request is paid', async (world) => {
    const maya = await talk(world, 'maya.torres', 'Kai Shapes');
    await maya.tap(request(maya.page).getByRole('button', { name: 'Counter-offer' }));
    const offer = sheet(maya.page, 'Counter-offer');
    await offer.getByLabel('What you would pay in all').fill('400');
    await offer.getByLabel('Note to Kai').fill('400 and I bring the coffee?');
    await maya.tap(offer.getByRole('button', { name: 'Offer $400.00' }));
    await offer.waitFor({ state: 'detached' });
    await request(maya.page, 'counter-offer made').getByText('Your offer: $400.00').waitFor();

    const kai = await talk(world, 'kai.shapes', 'Maya Torres');
    const countered = request(kai.page, 'counter-offer made');
    await countered.getByText('Maya offers $400.00').waitFor();
    await countered.getByText('400 and I bring the coffee?').waitFor();
    await kai.tap(countered.getByRole('button', { name: 'Accept $400.00' }));

    const revised = request(maya.page, 'open');
    await revised.getByText('$400.00').first().waitFor();
    await revised.getByText('Revision 2').waitFor();
    assert.equal(await revised.locator('del').first().textContent(), '$412.00', 'what changed is seen');
    await openCheckout(maya);
    await sheet(maya.page).getByText('Kai Shapes · request 2, revision 2').waitFor();
    await maya.tap(pay(maya.page, '400\\.00'));
    await assertPaid(maya.page);
    await request(kai.page, 'paid').getByText('$400.00').waitFor();
});

story('revised while the buyer looks: the sheet says the new total before anything is paid', async (world) => {
    const maya = await talk(world, 'maya.torres', 'Kai Shapes');
    await openCheckout(maya);
    const kai = await talk(world, 'kai.shapes', 'Maya Torres');
    await kai.tap(request(kai.page).getByRole('button', { name: 'Revise' }));
    await kai.page.getByLabel('Discount').fill('30');
    await kai.tap(kai.page.getByRole('button', { name: 'Send revision' }));
    await request(kai.page).getByText('Revision 2').waitFor();
    await sheet(maya.page).getByText(/^The seller changed this request\. The total is \$401\.13 now\.$/).waitFor();
    assert.ok(await pay(maya.page).isDisabled(), 'first it is looked at');
    await maya.tap(sheet(maya.page).getByRole('button', { name: 'I have seen it' }));
    await maya.tap(pay(maya.page, '401\\.13'));
    await assertPaid(maya.page);
});

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
    assert.equal(await orders(maya.page).count(), 1);
});

story('declined by the buyer: it cannot be paid, and the seller sees it', async (world) => {
    const maya = await talk(world, 'maya.torres', 'Kai Shapes');
    const kai = await talk(world, 'kai.shapes', 'Maya Torres');
    await maya.tap(request(maya.page).getByRole('button', { name: 'More about this request' }));
    await maya.tap(maya.page.getByRole('menuitem', { name: 'Decline' }));
    await request(maya.page, 'declined').waitFor();
    await request(kai.page, 'declined').waitFor();
    assert.equal(await maya.page.getByRole('button', { name: 'Pay', exact: true }).count(), 0);
});

story('what is not in the catalogue has a photo of its own: on the card, at checkout, on the order', async (world) => {
    const kai = await talk(world, 'kai.shapes', 'Maya Torres');
    const maya = await talk(world, 'maya.torres', 'Kai Shapes');
    await kai.tap(kai.page.getByRole('button', { name: 'New payment request' }));
    const editor = kai.page.getByRole('form', { name: 'New payment request' });
    const words = editor.getByLabel('Say it and it fills in');
    await words.fill('1 dented longboard 90, pickup');
    await words.press('Enter');
    await editor.getByText(/filled in$/).waitFor();
    await editor.locator('input[type=file]').setInputFiles(await photo(kai.page));
    await editor.getByRole('radio', { name: 'Your photo' }).waitFor({ state: 'attached' });
    assert.ok(await editor.getByRole('radio', { name: 'Your photo' }).isChecked());

    // The photo is of the draft: it is there after a reload.
    await kai.page.reload();
    await editor.getByRole('radio', { name: 'Your photo' }).waitFor({ state: 'attached', timeout: 20_000 });
    await kai.tap(editor.getByRole('button', { name: 'Send request' }));
    await editor.waitFor({ state: 'detached' });

    const card = request(maya.page);
    await card.getByRole('heading', { name: /longboard/ }).waitFor();
    assert.deepEqual(await looksOf(card.locator('img.cover')), { width: 1280, height: 960, tells: false });
    await openCheckout(maya);
    await sheet(maya.page).locator('img.thumb').first().waitFor();
    await maya.tap(pay(maya.page));
    await assertPaid(maya.page);
    await orders(maya.page).last().locator('img.thumb').waitFor();
    await request(maya.page, 'paid').locator('img.thumb').waitFor();
});
