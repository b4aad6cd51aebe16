"use strict";
// The site can be used without this: it searches as one types, turns pages by keys, and shows places on the picture.
(() => {
  const $ = (id) => document.getElementById(id);
  const query = $("q"), answer = $("answer");
  const typing = (e) => ["INPUT", "TEXTAREA", "SELECT"].includes(e.target.tagName) && e.target.type !== "checkbox";
  const narrow = window.matchMedia("(max-width: 900px)");

  function fold() {
    const facets = document.querySelector("[data-facets]");
    if (facets && narrow.matches && !facets.querySelector(".chosen")) facets.open = false;
  }
  fold();

  if (query && answer) {
    let waiting = null, under = null;
    const form = query.form;
    const show = async () => {
      const asked = new URLSearchParams();
      for (const [name, value] of new FormData(form)) if (String(value).trim()) asked.append(name, String(value).trim());
      const address = asked.size ? "/?" + asked : "/";
      under?.abort();
      under = new AbortController();
      try {
        const response = await fetch("/results?" + asked, { signal: under.signal, headers: { accept: "text/html" } });
        if (!response.ok) return;
        const text = await response.text();
        const open = document.querySelector("[data-facets]")?.open;
        answer.innerHTML = text; // made by this very site, with everything that a document says escaped
        const facets = document.querySelector("[data-facets]");
        if (facets && open !== undefined) facets.open = open;
        history.replaceState(null, "", address);
      } catch (error) {
        if (error.name !== "AbortError") throw error;
      }
    };
    query.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(show, 160); });
    form.addEventListener("submit", (e) => { e.preventDefault(); clearTimeout(waiting); show(); });
    if (!query.value && !narrow.matches) query.focus();
  }

  const keys = document.querySelector("[data-keys]");
  if (keys) keys.hidden = false;
  let at = -1;
  const hits = Array.from(document.querySelectorAll(".sheet mark"));
  const light = (number) => {
    for (const old of document.querySelectorAll(".now")) old.classList.remove("now");
    if (number) for (const own of document.querySelectorAll(`[data-place="${Number(number)}"]`)) own.classList.add("now");
  };
  for (const own of document.querySelectorAll("[data-place]")) {
    own.addEventListener("mouseenter", () => light(own.dataset.place));
    own.addEventListener("click", () => {
      light(own.dataset.place);
      if (own.tagName === "TR") document.querySelector(`.sheet [data-place="${Number(own.dataset.place)}"]`)?.scrollIntoView({ block: "center" });
    });
  }
  if (hits.length && !narrow.matches) hits[0].scrollIntoView({ block: "nearest" });
  document.addEventListener("keydown", (e) => {
    if (e.ctrlKey || e.metaKey || e.altKey || typing(e)) return;
    if (e.key === "/" && query) { e.preventDefault(); query.focus(); query.select(); return; }
    if (document.activeElement?.closest(".scroll")) return; // arrows move what is scrolled
    const turn = { ArrowLeft: "prev", ArrowRight: "next" }[e.key];
    const target = turn && document.querySelector(`a[rel="${turn}"]`);
    if (target) { e.preventDefault(); target.click(); return; }
    if (e.key.toLowerCase() === "n" && hits.length) {
      at = (at + (e.shiftKey ? -1 : 1) + hits.length) % hits.length;
      hits[at].scrollIntoView({ block: "center" });
    }
  });
})();
