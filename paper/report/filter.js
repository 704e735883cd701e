"use strict";
// Shows the claims whose status is ticked and whose text has every word looked for.
(function () {
  const form = document.getElementById("filter");
  const words = document.getElementById("words");
  const shown = document.getElementById("shown");
  const boxes = Array.from(form.querySelectorAll("input[type=checkbox]"));
  const rows = Array.from(document.querySelectorAll("#claims tbody tr"));
  const texts = rows.map((row) => row.textContent.toLowerCase());

  function update() {
    const wanted = words.value.toLowerCase().split(/\s+/).filter(Boolean);
    const statuses = new Set(boxes.filter((box) => box.checked).map((box) => box.value));
    rows.forEach((row, k) => {
      row.hidden = !statuses.has(row.dataset.status) ||
        !wanted.every((word) => texts[k].includes(word));
    });
    const count = rows.filter((row) => !row.hidden).length;
    shown.textContent = count + " of " + rows.length + " claims shown";
  }

  // A link to a claim that the filter hides shows all claims again.
  function reveal() {
    const row = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (row && row.hidden) {
      words.value = "";
      boxes.forEach((box) => { box.checked = true; });
      update();
      row.scrollIntoView();
    }
  }

  form.hidden = false;
  form.addEventListener("input", update);
  form.addEventListener("submit", (event) => event.preventDefault());
  window.addEventListener("hashchange", reveal);
  update();
})();
