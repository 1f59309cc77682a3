// Accessibility, as axe-core sees it.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

/** Give this to the world's `scripts`: a script of the page itself could not pass the content security policy. */
export const axeScript = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** Fails with a sentence for each element that a rule refuses. */
export async function assertAccessible(page) {
    const violations = await page.evaluate(async (values) => {
        const { violations } = await globalThis.axe.run(document, {
            runOnly: { type: 'tag', values }, resultTypes: ['violations'],
        });
        return violations.flatMap(({ id, help, nodes }) => nodes.map(({ target, failureSummary }) =>
            `${id}: ${help}\n  ${target.flat().join(' ')}\n  ${failureSummary.replaceAll('\n', '\n  ')}`));
    }, tags);
    assert.equal(violations.length, 0, `axe found ${violations.length}:\n${violations.join('\n')}`);
}
