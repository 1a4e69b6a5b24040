// Which case comes when: the rules of the training, as ryoshiki's desk/training.py has them. Nothing here touches the page.

const DAY = 86_400_000;

/** A day such as "2026-04-01", by the clock on the wall. */
export function today(now = new Date()) {
  return new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
}

const later = (day, days) => new Date(Date.parse(day) + days * DAY).toISOString().slice(0, 10);

export const empty = () => ({ version: 1, cases: {}, completed: {} });

/** What was kept, or an empty record where it is none of ours. */
export function kept(text, intervals) {
  try {
    const { version, cases, completed } = JSON.parse(text);
    const days = [...Object.values(cases).map(({ due }) => due), ...Object.values(completed)];
    const boxes = Object.values(cases).map(({ box }) => box);
    const good = days.every((day) => /^\d{4}-\d\d-\d\d$/.test(day)) && boxes.every((box) => box in intervals);
    return version === 1 && good ? { version, cases, completed } : empty();
  } catch {
    return empty();
  }
}

/** The record after an answer: a box on, or back to the first and due today. */
export function answered(record, id, right, day, { intervals, new_box }) {
  const box = record.cases[id]?.box ?? new_box;
  const card = right
    ? { box: Math.min(box + 1, intervals.length - 1), due: later(day, intervals[box]) }
    : { box: 0, due: day };
  return { ...record, cases: { ...record.cases, [id]: card } };
}

/** What is asked first: what went wrong and is due, what is new, what else is due, the rest. */
export function turn(record, id, day, { new_box }) {
  const card = record.cases[id];
  if (!card) return 1;
  if (card.due > day) return 3;
  return card.box <= new_box ? 0 : 2;
}

/** The cases of a round; among equally urgent ones no rule comes twice before every other has had a turn. */
export function roundOf(record, day, rules, random = Math.random) {
  const left = shuffled(rules.cases, random);
  const turns = {};
  const chosen = [];
  while (left.length && chosen.length < rules.round) {
    const keys = left.map(({ id, rule }) => [turn(record, id, day, rules), turns[rule] ?? 0]);
    let first = 0;
    keys.forEach(([a, b], n) => {
      if (a < keys[first][0] || (a === keys[first][0] && b < keys[first][1])) first = n;
    });
    const [taken] = left.splice(first, 1);
    turns[taken.rule] = (turns[taken.rule] ?? 0) + 1;
    chosen.push(taken);
  }
  return chosen;
}

export function shuffled(all, random = Math.random) {
  const mixed = [...all];
  for (let n = mixed.length - 1; n > 0; n--) {
    const other = Math.floor(random() * (n + 1));
    [mixed[n], mixed[other]] = [mixed[other], mixed[n]];
  }
  return mixed;
}
