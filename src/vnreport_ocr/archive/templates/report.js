"use strict";
// The tables can be read without this; with it they can be sorted and filtered. Rows are laid out a stretch at a time,
// more as one scrolls, so that ten thousand of them are as quick as a hundred.
const STRETCH = 200;
const language = document.documentElement.lang;
const bare = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/đ/gi, "d").toLowerCase();
for (const table of document.querySelectorAll("table.sortable")) {
  const section = table.closest("section"), tools = section.querySelector(".tools"), body = table.tBodies[0];
  const scroll = table.closest(".scroll");
  const input = tools.querySelector("input"), select = tools.querySelector("select"), told = tools.querySelector("output");
  let rows = Array.from(body.rows, (row) => ({ row, kind: row.dataset.k, text: null }));
  let fitting = rows, laid = 0;
  const more = () => {
    const upTo = Math.min(fitting.length, laid + STRETCH);
    for (; laid < upTo; laid++) fitting[laid].row.classList.add("laid");
  };
  const show = () => {
    const wanted = bare(input.value).split(/\s+/).filter(Boolean), kind = select ? select.value : "";
    for (let place = 0; place < laid; place++) fitting[place].row.classList.remove("laid");
    fitting = rows.filter((item) => {
      if (kind && item.kind !== kind) return false;
      if (!wanted.length) return true;
      item.text ??= bare(item.row.textContent);
      return wanted.every((word) => item.text.includes(word));
    });
    laid = 0;
    more();
    scroll.scrollTop = 0;
    told.textContent = `${fitting.length.toLocaleString(language)} / ${rows.length.toLocaleString(language)}`;
  };
  let waiting;
  input.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(show, 120); });
  if (select) select.addEventListener("change", show);
  scroll.addEventListener("scroll", () => {
    if (scroll.scrollTop + 2 * scroll.clientHeight > scroll.scrollHeight) more();
  }, { passive: true });
  window.addEventListener("beforeprint", () => { while (laid < fitting.length) more(); });
  Array.from(table.tHead.rows[0].cells).forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    const numeric = head.matches(".page, .quality");
    const order = new Intl.Collator(language, { numeric: true });
    button.addEventListener("click", () => {
      const down = head.getAttribute("aria-sort") === "ascending";
      for (const other of head.parentNode.cells) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      const keyed = rows.map((item) => {
        const text = item.row.cells[column].textContent;
        return [numeric ? (parseFloat(text.replace(",", ".")) || 0) : text, item];
      });
      keyed.sort((a, b) => (numeric ? a[0] - b[0] : order.compare(a[0], b[0])) * (down ? -1 : 1));
      rows = keyed.map((pair) => pair[1]);
      const sorted = document.createDocumentFragment();
      for (const item of rows) sorted.append(item.row);
      body.append(sorted);
      show();
    });
  });
  tools.hidden = false;
  show();
}
