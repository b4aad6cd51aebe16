"use strict";
// On the review page of this site: what was decided before is taken up, and every decision goes back into the archive.
(() => {
  const address = "/decisions" + location.search;
  const told = document.createElement("span");
  told.id = "kept";
  told.setAttribute("role", "status");
  document.querySelector("header.bar").append(told);
  const vietnamese = () => document.documentElement.lang === "vi";
  const key = (d) => JSON.stringify([d.page, d.read, d.box || [d.before || "", d.after || ""], d.when || ""]);
  let sent = new Map(), waiting = null, ready = false, busy = false, again = null;

  async function send(record) {
    if (busy) { again = record; return; }
    busy = true;
    const now = new Map(record.decisions.map((d) => [key(d), d]));
    const undone = [...sent].filter(([name]) => !now.has(name)).map(([, d]) => d);
    try {
      const response = await fetch(address, {
        method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ ...record, undone }),
      });
      if (!response.ok) throw new Error(String(response.status));
      const { kept } = await response.json();
      sent = now;
      told.textContent = vietnamese() ? `Đã lưu vào kho: ${kept}` : `Kept in the archive: ${kept}`;
    } catch {
      told.textContent = vietnamese() ? "Chưa lưu được vào kho; hãy lưu ra tệp." : "Not kept in the archive; save a file.";
    }
    busy = false;
    if (again) { const next = again; again = null; send(next); }
  }

  document.addEventListener("vnocr-kept", (e) => {
    if (!ready) return;
    clearTimeout(waiting);
    waiting = setTimeout(() => send(e.detail), 400);
  });
  (async () => {
    try {
      const record = await (await fetch(address)).json();
      for (const d of record.decisions) sent.set(key(d), d);
      document.dispatchEvent(new CustomEvent("vnocr-take", { detail: record }));
      told.textContent = vietnamese() ? `Đã lưu vào kho: ${record.decisions.length}` : `Kept in the archive: ${record.decisions.length}`;
    } catch { /* what the browser itself has kept is there */ }
    // What this browser took up and could not place stays in the archive: only what is undone from here on goes.
    document.dispatchEvent(new CustomEvent("vnocr-tell"));
    ready = true;
  })();
  document.addEventListener("vnocr-told", (e) => { sent = new Map(e.detail.decisions.map((d) => [key(d), d])); });
})();
