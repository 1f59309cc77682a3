// What many figures come to.

export function median(figures) {
    const sorted = [...figures].sort((a, b) => a - b);
    const middle = sorted.length >> 1;
    return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

export function percentile(figures, part) {
    const sorted = [...figures].sort((a, b) => a - b);
    return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))];
}

/** What a table says of a figure and the most it may be. */
export function verdict(figure, most) {
    if (most === undefined) return '';
    return figure <= most ? 'kept' : '**over**';
}
