// Help with an order, as stories and pictures go about it.
import { order, sheet } from './shop.mjs';

/** The sheet of help. */
export const help = (page) => sheet(page, /^(Get help|Case)$/);

/** Opens help from the card. */
export async function ask(hand, name = 'Get help') {
    await hand.tap(order(hand.page).getByRole('button', { name, exact: true }));
    await help(hand.page).waitFor();
}

/** Asks for it: why, and what would put it right. */
export async function complain(maya, reason, wish = 'Money back') {
    await ask(maya);
    await maya.tap(help(maya.page).getByRole('radio', { name: reason }));
    // Money back is what is chosen, and often all there is.
    const ways = help(maya.page).getByRole('group', { name: 'What would put it right?' });
    if (wish !== 'Money back') await maya.tap(ways.getByText(wish, { exact: true }));
    await send(maya);
}

/** Sends what is filled in. */
export async function send(maya) {
    await maya.tap(help(maya.page).getByRole('button', { name: 'Open help' }));
    await help(maya.page).getByText('Kai is asked.').waitFor();
}

/** Leaves the sheet. */
export async function close(hand) {
    await hand.page.keyboard.press('Escape');
    await help(hand.page).waitFor({ state: 'detached' });
}

/** The seller agrees, and is sure. */
export async function accept(kai, remedy) {
    await kai.tap(help(kai.page).getByRole('button', { name: `Accept: ${remedy}` }));
    await kai.tap(kai.page.getByRole('dialog', { name: `Accept: ${remedy}` }).getByRole('button', { name: 'Yes, accept' }));
}
