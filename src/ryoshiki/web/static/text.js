// Places in the text: the server counts code points, a browser counts UTF-16 units; marks move with what is typed.

/** A function from an offset in code points to one in UTF-16 units of `text`. */
export function unitsOf(text) {
  if (!/[\ud800-\udbff]/.test(text)) return (point) => point;
  const starts = [];
  let unit = 0;
  for (const character of text) {
    starts.push(unit);
    unit += character.length;
  }
  starts.push(unit);
  return (point) => starts[Math.min(point, starts.length - 1)];
}

/** `text` with U+FFFD for halves of characters, which JSON cannot carry; of the same length. */
export function wellFormed(text) {
  return text.replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "\ufffd");
}

/** What changed from one text to the other: [start, end of the old, end of the new]. */
export function change(before, after) {
  const least = Math.min(before.length, after.length);
  let start = 0;
  while (start < least && before[start] === after[start]) start += 1;
  let end = 0;
  while (end < least - start && before[before.length - 1 - end] === after[after.length - 1 - end]) end += 1;
  return [start, before.length - end, after.length - end];
}

/** Marks of the text before a change, where they stand after it; what was typed over is gone. */
export function moved(marks, before, after) {
  if (before === after) return marks;
  const [start, oldEnd, newEnd] = change(before, after);
  const by = newEnd - oldEnd;
  return marks
    .map((mark) => {
      if (mark.end <= start) return mark;
      if (mark.start >= oldEnd) return { ...mark, start: mark.start + by, end: mark.end + by };
      if (mark.start <= start && oldEnd <= mark.end) return { ...mark, end: mark.end + by };
      if (mark.start < start) return { ...mark, end: start };
      return { ...mark, start: newEnd, end: mark.end + by };
    })
    .filter((mark) => mark.start < mark.end);
}

const LEVELS = ["stop", "caution", "confirm"];

/** The text cut at the borders of its marks: [{start, end, level or null, marks over it, marks beginning with it}]. */
export function segments(length, marks) {
  const cuts = [...new Set([0, length, ...marks.flatMap((mark) => [mark.start, mark.end])])];
  cuts.sort((a, b) => a - b);
  return cuts.slice(0, -1).map((start, i) => {
    const over = marks.filter((mark) => mark.start <= start && start < mark.end);
    return {
      start,
      end: cuts[i + 1],
      level: LEVELS.find((level) => over.some((mark) => mark.level === level)) ?? null,
      over,
      beginning: over.filter((mark) => mark.start === start),
    };
  });
}
