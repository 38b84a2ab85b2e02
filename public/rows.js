// A row is swapped while the focus is in it. If the old row went at once, it would take the focus with it, and Orca then
// says nothing of where the focus comes. So what had the focus stays for a moment, empty and out of sight, until that is said.
const moment = 500;

/** Leaves nothing of the row but the way to what has the focus. */
function empty(row) {
  const focused = document.activeElement;
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
