// The app itself, as a user feels it: from the event to the painted frame.

/** Measures to come: each brings a page of the app to its place and answers figures in milliseconds. */
const measures = [];

/** @returns {Promise<string>} a table, or nothing while there are no measures */
export async function measureApp(url, rounds) {
    const lines = [];
    for (const { label, budget, measure } of measures) {
        const figures = [];
        for (let i = 0; i < rounds; i++) figures.push(...await measure(url));
        const p95 = figures.sort((a, b) => a - b)[Math.ceil(figures.length * 0.95) - 1];
        lines.push(`| ${label} | ${p95.toFixed(1)} | ${budget} | ${p95 <= budget ? 'kept' : '**over**'} |`);
    }
    return lines.length ? ['| the app, p95 | ms | budget | |', '|---|--:|--:|---|', ...lines].join('\n') : '';
}
