// Help with an order: asked for, shown, talked about, settled by the two, by a reviewer, or by nobody doing anything.
import assert from 'node:assert/strict';
import { Clock } from './support/clock.mjs';
import { assertPaid, openCheckout, order, paid, pay, request, ship, talk } from './support/shop.mjs';
import { accept, ask, close, complain, help, send } from './support/cases.mjs';
import { story } from './support/app.mjs';

/** Paid, shipped and delivered. */
async function delivered(world) {
    const maya = await paid(world);
    const kai = await talk(world, 'kai.shapes', 'Maya Torres');
    return arrives(world, maya, kai);
}

async function arrives(world, maya, kai) {
    await ship(kai, '1Z5R89390357567127');
    const clock = await Clock.open(world);
    await clock.fiveMinutes();
    await clock.carrierBringsIt();
    await order(maya.page).getByText(/is everything OK\?/).waitFor();
    return { maya, kai, clock };
}

story('not received: the seller agrees, and the money goes back by itself', async (world) => {
    const maya = await paid(world);
    const clock = await Clock.open(world);
    await clock.fiveMinutes();
    await complain(maya, 'It did not come');
    await close(maya);
    await order(maya.page).getByText(/^Kai’s turn: answers the case by/).waitFor();
    const kai = await talk(world, 'kai.shapes', 'Maya Torres');
    await order(kai.page).getByText(/^Your turn: answer the case by/).waitFor();
    // Everything stands still meanwhile: there is nothing to ship.
    assert.equal(await order(kai.page).getByRole('button', { name: 'Mark shipped' }).count(), 0);
    await ask(kai, 'Answer the case');
    await accept(kai, '$412.00 back');
    await help(kai.page).getByText('Settled: $412.00 back').waitFor();
    await order(maya.page).getByText('Refunded', { exact: true }).waitFor();
});

story('one of three is damaged: shown, and its price goes back', async (world) => {
    const kai = await talk(world, 'kai.shapes', 'Maya Torres');
    await kai.page.getByRole('button', { name: 'New payment request' }).click();
    const editor = kai.page.getByRole('form', { name: 'New payment request' });
    const said = editor.getByLabel('Say it and it fills in');
    await said.fill('3 surf wax, one puck, 7 each, shipping 5');
    await said.press('Enter');
    await editor.getByText(/filled in$/).waitFor();
    await editor.getByRole('button', { name: 'Send request' }).click();
    await editor.waitFor({ state: 'detached' });
    const maya = await talk(world, 'maya.torres', 'Kai Shapes');
    await openCheckout(maya);
    await maya.tap(pay(maya.page));
    await assertPaid(maya.page);
    const { clock } = await arrives(world, maya, kai);

    await maya.page.getByRole('textbox', { name: /^Message/ }).fill('One puck is crushed');
    await maya.page.keyboard.press('Enter');
    // What is only on its way yet cannot be shown.
    await kai.page.getByRole('log').getByText('One puck is crushed').waitFor();
    await maya.page.getByRole('log').getByText(/^Seen/).last().waitFor();
    await ask(maya);
    const dialog = help(maya.page);
    await maya.tap(dialog.getByRole('radio', { name: 'It came damaged' }));
    await maya.tap(dialog.getByRole('button', { name: /^One fewer/ }));
    await maya.tap(dialog.getByRole('button', { name: /^One fewer/ }));
    await dialog.getByText('1 of 3').waitFor();
    const worth = (await dialog.getByLabel(/^Amount/).locator('xpath=..').innerText()).match(/\$(\d+\.\d\d)/)[1];
    assert.ok(Number(worth) >= 7 && Number(worth) < 8.5, `its price and its share of tax: ${worth}`);
    await maya.tap(dialog.getByText('Show something from the conversation'));
    await maya.tap(dialog.getByRole('checkbox', { name: /One puck is crushed/ }));
    await dialog.getByLabel('Tell Kai more').fill('It came like this.');
    await send(maya);
    await dialog.getByText('“One puck is crushed”').waitFor();

    await ask(kai, 'Answer the case');
    await help(kai.page).getByText('“One puck is crushed”').waitFor();
    await help(kai.page).getByText('It came like this.').waitFor();
    await accept(kai, `$${worth} back`);
    await help(kai.page).getByText(`Settled: $${worth} back`).waitFor();
    // The rest goes its way.
    await order(maya.page).getByText(/is everything OK\?/).waitFor();
    await clock.week();
    await order(maya.page).getByText('Delivered, all good').waitFor();
});

story('sent back with tracking: the money goes when it has arrived', async (world) => {
    const { maya, kai, clock } = await delivered(world);
    await complain(maya, 'I changed my mind', 'Send back');
    await ask(kai, 'Answer the case');
    await accept(kai, 'Send it back, then $412.00 back');
    await help(maya.page).getByText(/^Send it back, and write the number/).waitFor();
    await help(maya.page).getByLabel('Tracking number').fill('9400111201080805483016');
    await maya.tap(help(maya.page).getByRole('button', { name: 'I have sent it back' }));
    await help(maya.page).getByText(/^It is on its way back to Kai/).waitFor();
    await close(maya);
    await order(maya.page).getByText(/^On its way back, by/).waitFor();
    await clock.week();
    await order(maya.page).getByText('Refunded', { exact: true }).waitFor();
    await help(kai.page).getByText('Settled: Send it back, then $412.00 back').waitFor();
});

story('a seller who says nothing: a reviewer is asked by itself, and splits', async (world) => {
    const { maya, kai, clock } = await delivered(world);
    await complain(maya, 'It is not as described');
    await close(maya);
    await clock.day();
    await clock.day();
    await order(maya.page).getByText(/^A reviewer decides by/).waitFor();
    await order(kai.page).getByText(/^A reviewer decides by/).waitFor();

    const vera = await world.open('vera.fair', { path: '/reviews' });
    await vera.page.getByRole('heading', { level: 1, name: 'Cases to decide' }).waitFor();
    const review = vera.page.getByRole('listitem', { name: /^Order K-/ });
    await review.getByText('It is not as described').waitFor();
    assert.doesNotMatch(await review.innerText(), /Neptune|92024/, 'no address is told');
    await vera.tap(review.getByText('A part', { exact: true }));
    await review.getByLabel('How much goes back').fill('500');
    await review.getByLabel('Why; both read it').fill('The photos show less wear than was said.');
    await vera.tap(review.getByRole('button', { name: 'Decide', exact: true }));
    await review.getByText('More than nothing, less than $412.00.').waitFor();
    await review.getByLabel('How much goes back').fill('100');
    await vera.tap(review.getByRole('button', { name: 'Decide', exact: true }));
    await vera.page.getByText('No case waits for a decision.').waitFor();

    await maya.page.getByRole('log').getByText('Decided: $100.00 goes back').waitFor();
    await ask(maya);
    await help(maya.page).getByText('The photos show less wear than was said.').waitFor();
    await help(maya.page).getByText('A reviewer has decided over this order.', { exact: false }).waitFor();
});

story('the two haggle: another proposal, and yes', async (world) => {
    const { maya, kai } = await delivered(world);
    await complain(maya, 'It came damaged');
    await ask(kai, 'Answer the case');
    await kai.tap(help(kai.page).getByRole('button', { name: 'Propose something else' }));
    await help(kai.page).getByLabel(/^Amount/).fill('40');
    await kai.tap(help(kai.page).getByRole('button', { name: 'Propose: $40.00 back' }));
    await maya.tap(help(maya.page).getByRole('button', { name: 'Accept: $40.00 back' }));
    await help(maya.page).getByText('Settled: $40.00 back').waitFor();
    await close(maya);
    await order(maya.page).getByText(/is everything OK\?/).waitFor();
});

story('who asked for help takes it back, and everything goes on', async (world) => {
    const { maya, kai, clock } = await delivered(world);
    await complain(maya, 'Something else');
    await maya.tap(help(maya.page).getByRole('button', { name: 'Close it, all good' }));
    await help(maya.page).waitFor({ state: 'detached' });
    await order(maya.page).getByText(/is everything OK\?/).waitFor();
    await clock.week();
    await request(kai.page, 'paid').getByText('Paid out to you').waitFor();
});
