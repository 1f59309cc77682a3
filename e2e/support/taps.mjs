// The hand of one person: everything it does to a page is counted, so that a story can hold us to a budget.

export class Hand {
    taps = 0;
    typed = 0;
    keys = 0;

    /** @param {import('playwright-core').Page} page for looking; acting goes through the methods here */
    constructor(page) {
        this.page = page;
    }

    /** One tap or click. */
    async tap(target, options) {
        await target.click(options);
        this.taps += 1;
    }

    /** Types as a person does: a tap into the field unless it has the focus, then key by key. */
    async type(field, text) {
        if (!await field.evaluate((element) => element === document.activeElement)) await this.tap(field);
        await field.pressSequentially(text);
        this.typed += [...text].length;
    }

    /** One key or chord: 'Enter', 'Shift+Tab', 'Control+K'. */
    async press(key) {
        await this.page.keyboard.press(key);
        this.keys += 1;
    }

    /**
     * Fills in by `autocomplete` token, as the browser's own autofill does: nothing is typed, and choosing the
     * suggestion is one tap for the whole form.
     */
    async autofill(values) {
        for (const [token, value] of Object.entries(values)) {
            const field = this.page.locator(`[autocomplete="${token}"]`);
            const isSelect = await field.evaluate((element) => element.localName === 'select');
            await (isSelect ? field.selectOption(value) : field.fill(value));
        }
        this.taps += 1;
    }

    /** Begins to count anew: the budget is for what follows. */
    startCounting() {
        this.taps = this.typed = this.keys = 0;
    }

    /** What was done since, to compare in one assertion. */
    get count() {
        return { taps: this.taps, typed: this.typed };
    }
}
