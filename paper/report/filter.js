"use strict";
// Shows the claims whose status is ticked and whose text has every word looked for.
(function () {
  const form = document.createElement("form");
  const rows = Array.from(document.querySelectorAll("#claims tbody tr"));
  const texts = rows.map((row) => row.textContent.toLowerCase());
  const status = rows.map((row) => row.cells[3].textContent);
  status.forEach((name, k) => { rows[k].cells[3].className = name; });
  const boxes = Array.from(new Set(status)).map((name) =>
    `<label><input type="checkbox" name="status" value="${name}" checked> ${name} ` +
    `(${status.filter((other) => other === name).length})</label>`);
  form.innerHTML = '<label>Search <input type="search" id="words" ' +
    'placeholder="for example P18, theta, ist_round"></label>' +
    `<fieldset><legend>Status</legend>${boxes.join("")}</fieldset><p id="shown" role="status"></p>`;
  document.getElementById("filter").append(form);
  const words = form.querySelector("#words");
  const ticks = Array.from(form.querySelectorAll("[name=status]"));

  function update() {
    const wanted = words.value.toLowerCase().split(/\s+/).filter(Boolean);
    const shown = new Set(ticks.filter((box) => box.checked).map((box) => box.value));
    rows.forEach((row, k) => {
      row.hidden = !shown.has(status[k]) || !wanted.every((word) => texts[k].includes(word));
    });
    const count = rows.filter((row) => !row.hidden).length;
    form.querySelector("#shown").textContent = `${count} of ${rows.length} claims shown`;
  }

  // A link to a claim that the filter hides shows all claims again.
  function reveal() {
    const claim = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const row = claim && claim.closest("tr");
    if (row && row.hidden) {
      words.value = "";
      ticks.forEach((box) => { box.checked = true; });
      update();
      row.scrollIntoView();
    }
  }

  form.addEventListener("input", update);
  form.addEventListener("submit", (event) => event.preventDefault());
  window.addEventListener("hashchange", reveal);
  update();
})();
