// A row is swapped while the focus is in it. If the old row went at once, it would take the focus with it, and Orca then
// says nothing of where the focus comes. So the old row stays for a moment, out of sight, until the focus has moved.
const moment = 500;

document.addEventListener('htmx:before:swap', ({ detail }) => {
  for (const task of detail.tasks) {
    const old = task.target;
    if (!(old instanceof Element && old.matches('.row') && old.contains(document.activeElement))) continue;
    const place = old.cloneNode(false);
    old.before(place);
    old.removeAttribute('id');
    old.className = 'leaving';
    task.target = place;
    setTimeout(() => old.remove(), moment);
  }
});
