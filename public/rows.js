// A row is swapped while the focus is in it. If the old row went at once, it would take the focus with it, and Orca then
// says nothing of where the focus comes. So what had the focus stays for a while, empty and out of sight, until that is
// said: on a machine that works hard, Orca hears of the focus seconds late.
const moment = 3000;

/** Leaves nothing of the row but the way to what has the focus; Tab comes there no more, or it would end on what goes away. */
function empty(row) {
  const focused = document.activeElement;
  focused.tabIndex = -1;
  focused.replaceChildren();
  for (const one of row.querySelectorAll('*')) if (!one.contains(focused)) one.remove();
}

document.addEventListener('htmx:before:swap', ({ detail }) => {
  for (const task of detail.tasks) {
    const old = task.target;
    if (!(old instanceof Element && old.matches('.row') && old.contains(document.activeElement))) continue;
    const place = old.cloneNode(false);
    old.before(place);
    old.removeAttribute('id');
    old.className = 'leaving';
    empty(old);
    task.target = place;
    setTimeout(() => old.remove(), moment);
  }
});
