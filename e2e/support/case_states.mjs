// The states of a case, for axe and for pictures.
import { accept, ask, complain, help } from './cases.mjs';
import { Clock } from './clock.mjs';
import { enter, openCheckout, pay, sheet } from './shop.mjs';

const maya = 'maya.torres';
const kai = 'kai.shapes';

/** A hand for steps that nobody counts. */
const hand = (page) => ({ page, tap: (target) => target.click() });

/** Maya has paid, and the money is in. */
async function captured(page, world) {
    await enter(hand(page), 'Kai Shapes');
    await openCheckout(hand(page));
    await pay(page).click();
    await sheet(page).waitFor({ state: 'detached' });
    const clock = await Clock.open(world);
    await clock.fiveMinutes();
    return clock;
}

/** It did not come; the seller has two days. */
async function complained(page, world) {
    const clock = await captured(page, world);
    await complain(hand(page), 'It did not come');
    return clock;
}

/** Kai's tab, at the case. */
async function answering(page) {
    await enter(hand(page), 'Maya Torres');
    await ask(hand(page), 'Answer the case');
}

export const caseStates = [
    {
        name: 'case-asking',
        as: maya,
        async reach(page, world) {
            await captured(page, world);
            await ask(hand(page));
            await help(page).getByRole('radio', { name: 'It came damaged' }).click();
            await help(page).getByText('Show something from the conversation').click();
        },
    },
    {
        name: 'case-open',
        as: maya,
        async reach(page, world) {
            await complained(page, world);
            await help(page).getByRole('button', { name: 'Change what you proposed' }).click();
        },
    },
    {
        name: 'case-answer',
        as: kai,
        async reach(page, world) {
            const { page: buyer } = await world.open(maya);
            await complained(buyer, world);
            await answering(page);
        },
    },
    {
        name: 'case-refuse',
        as: kai,
        async reach(page, world) {
            const { page: buyer } = await world.open(maya);
            await complained(buyer, world);
            await answering(page);
            await help(page).getByRole('button', { name: 'Say no, ask the reviewer' }).click();
        },
    },
    {
        name: 'case-settled',
        as: kai,
        async reach(page, world) {
            const { page: buyer } = await world.open(maya);
            await complained(buyer, world);
            await answering(page);
            await accept(hand(page), '$412.00 back');
            await help(page).getByText(/^Settled/).waitFor();
        },
    },
    {
        name: 'reviews',
        as: 'vera.fair',
        path: '/reviews',
        async reach(page, world) {
            const { page: buyer } = await world.open(maya);
            const clock = await complained(buyer, world);
            await clock.day();
            await clock.day();
            await page.getByRole('listitem', { name: /^Order K-/ }).waitFor({ timeout: 40_000 });
            await page.getByText('A part', { exact: true }).click();
        },
    },
    {
        name: 'reviews-none',
        as: 'vera.fair',
        path: '/reviews',
        async reach(page) {
            await page.getByText('No case waits for a decision.').waitFor();
        },
    },
];
