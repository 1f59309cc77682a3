// The rows of the table, their budgets as a ratio to the floor, and the table itself.
import { median } from './figures.mjs';

/** `limit` is a ratio to the floor, `most` a figure; with neither the row informs. */
export const rows = [
    { name: 'open', label: 'open: last message visible, ms', limit: (count) => (count >= 100_000 ? 1.3 : 1.1) },
    { name: 'openCpu', label: 'open: CPU, ms', limit: () => 1.2 },
    { name: 'append', label: 'append one: painted, ms', limit: () => 1.05 },
    { name: 'appendCpu', label: 'append one: CPU, ms', limit: () => 1.2 },
    { name: 'change', label: 'switch thread: painted, ms', limit: () => 1.05 },
    { name: 'changeCpu', label: 'switch thread: CPU, ms', limit: () => 1.2 },
    { name: 'scrollCpu', label: 'scroll at 4,000 px/s: CPU, ms per second', limit: () => 1.15 },
    { name: 'jump', label: 'jump anywhere: painted, ms', limit: () => 1.1 },
    { name: 'jumpCpu', label: 'jump anywhere: CPU, ms' },
    { name: 'memory', label: 'private memory, MB', limit: () => 1.25 },
    { name: 'blank', label: 'blank frames', most: 0 },
    { name: 'shift', label: 'layout shift', most: 0 },
    { name: 'phonePainted', label: 'slow phone: first paint, ms' },
    { name: 'phoneVisible', label: 'slow phone: last of 50 messages visible, ms' },
    { name: 'phoneBytes', label: 'slow phone: page on the wire, kB' },
];

/** @param {Map<string, { floor: object[], ours: object[] }>} rounds by title; a count of messages, or another setting */
export function table(rounds) {
    const lines = ['| | floor | ours | ratio | budget | |', '|---|--:|--:|--:|--:|---|'];
    for (const [title, { count, floor, ours }] of rounds) {
        lines.push(`| **${title}** | | | | | |`);
        for (const { name, label, limit, most } of rows) {
            const [theirs, own] = [floor, ours].map((all) => middle(all, name));
            if (theirs === undefined && own === undefined) continue;
            const ratio = theirs > 0 && own !== undefined ? own / theirs : undefined;
            const budget = limit ? `≤ ${limit(count).toFixed(2)}` : most === undefined ? '' : `${most}`;
            const kept = limit ? ratio === undefined || ratio <= limit(count) : most === undefined || !(own > most);
            const verdict = own === undefined || budget === '' ? '' : kept ? 'kept' : '**over**';
            lines.push(`| ${label} | ${shown(theirs)} | ${shown(own)} | ${shown(ratio, 2)} | ${budget} | ${verdict} |`);
        }
    }
    return lines.join('\n');
}

function middle(rounds, name) {
    const figures = rounds.map((round) => round[name]).filter((figure) => figure !== undefined);
    return figures.length ? median(figures) : undefined;
}

function shown(figure, digits) {
    if (figure === undefined) return '';
    return figure.toFixed(digits ?? (figure === 0 ? 0 : figure < 10 ? 2 : figure < 100 ? 1 : 0));
}
