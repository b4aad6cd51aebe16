"use strict";
(() => {
  const WORDS = {
    vi: {
      filter: "Hiện", doubtful: "Cần xem", figures: "Con số", names: "Tên riêng", changed: "Đã sửa", all: "Tất cả",
      undecided: "Chưa quyết định", save: "Lưu quyết định", open: "Mở tệp quyết định", help: "Phím tắt",
      previous: "Trước", next: "Sau", accept: "Đúng", reject: "Giữ như đã đọc", type: "Ghi", line: "Sửa cả dòng",
      same: "Cả những chỗ giống hệt", undo: "Hoàn tác", read: "Đã đọc", put: "Đã ghi", rivals: "Có thể là", why: "Lý do",
      sure: "Độ tin cậy", decided: "Quyết định", page: "Trang", of: "trên", done: "đã quyết định", none: "Không có chỗ nào.",
      typed: "gõ lại", accepted: "đúng", rejected: "giữ như đã đọc", close: "Đóng", lost: "không còn khớp",
      loaded: "Đã mở", typing: "Chữ đúng", doubt: "Còn ngờ", unsaved: "Trình duyệt không giữ được; hãy lưu ra tệp.",
      wrong: "Đây không phải tệp quyết định của tài liệu này.", strip: "Ảnh phóng to của dòng",
      keys: [["→ hoặc J", "chỗ sau"], ["← hoặc K", "chỗ trước"], ["A hoặc Enter", "đúng"], ["R", "giữ như đã đọc"],
        ["T", "gõ chữ đúng"], ["E", "sửa cả dòng"], ["S", "bật, tắt: cả những chỗ giống hệt"], ["U", "hoàn tác"],
        ["F", "chọn chỗ cần hiện"], ["Ctrl+S", "lưu quyết định"], ["?", "bảng này"]],
    },
    en: {
      filter: "Show", doubtful: "To check", figures: "Figures", names: "Names", changed: "Changed", all: "All",
      undecided: "Undecided", save: "Save decisions", open: "Open decisions", help: "Keys",
      previous: "Previous", next: "Next", accept: "Right", reject: "Keep as read", type: "Write", line: "Edit the line",
      same: "All that are the same", undo: "Undo", read: "Read", put: "Written", rivals: "May be", why: "Why",
      sure: "Confidence", decided: "Decision", page: "Page", of: "of", done: "decided", none: "There are none.",
      typed: "typed", accepted: "right", rejected: "kept as read", close: "Close", lost: "no longer fit",
      loaded: "Opened", typing: "The right text", doubt: "In doubt", unsaved: "The browser cannot keep them; save a file.",
      wrong: "This is not a file of decisions for this document.", strip: "The line, enlarged",
      keys: [["→ or J", "next place"], ["← or K", "previous place"], ["A or Enter", "right"], ["R", "keep as read"],
        ["T", "type the right text"], ["E", "edit the whole line"], ["S", "all that are the same, on or off"], ["U", "undo"],
        ["F", "choose what is shown"], ["Ctrl+S", "save decisions"], ["?", "this table"]],
    },
  };
  const why = (mark, kind) => mark[language === "vi" ? kind + "_vi" : kind].join("; ");
  const AROUND = 40;
  const $ = (id) => document.getElementById(id);
  const about = JSON.parse($("about").textContent);
  const store = "vnocr-review:" + about.id;
  const marks = [];
  for (const section of document.querySelectorAll("section.page")) {
    const data = JSON.parse(section.querySelector("script.marks").textContent);
    const found = section.querySelectorAll("mark");
    data.forEach((m, n) => marks.push(Object.assign(m, {
      at: marks.length, page: Number(section.dataset.page), section, element: found[n], decision: null,
    })));
  }
  const markOf = new Map(marks.map((m) => [m.element, m]));
  const lineDecisions = new Map();
  let strays = [];  // decisions of an opened file whose place is not on this page: they go back into the next file
  let language = (navigator.language || "vi").toLowerCase().startsWith("vi") ? "vi" : "en";
  let now = null;
  let filter = "doubtful";
  let history = [];
  let editing = null;
  let unsaved = false;
  const t = (key) => WORDS[language][key];

  const FILTERS = {
    doubtful: (m) => m.doubts.length > 0 || m.sure < 0.9,
    undecided: (m) => !m.decision,
    figures: (m) => m.kind === "figure",
    names: (m) => m.kind === "name",
    changed: (m) => m.changed,
    all: () => true,
  };
  const RANK = { figure: 0, name: 1, word: 2 };
  function shown() {
    const list = marks.filter(FILTERS[filter]);
    if (filter !== "doubtful") return list;
    const rank = (m) => (m.doubts.length ? 0 : 4) + RANK[m.kind];
    return list.sort((a, b) => rank(a) - rank(b) || a.at - b.at);
  }

  function say(text) { $("said").textContent = text; }

  function paint(m) {
    m.element.textContent = m.decision ? m.decision.chosen || "∅" : m.put;
    m.element.classList.toggle("done", Boolean(m.decision));
    m.element.setAttribute("aria-label", label(m));
  }
  function label(m) {
    const parts = [m.decision ? m.decision.chosen : m.put];
    if (m.changed) parts.push(t("read") + ": " + m.read);
    if (m.doubts.length) parts.push(t("doubt"));
    if (m.decision) parts.push(t(m.decision.verdict === "accept" ? "accepted" : m.decision.verdict === "reject" ? "rejected" : "typed"));
    return parts.join("; ");
  }

  function decision(m, verdict, chosen, when) {
    return { page: m.page, read: m.read, put: m.put, verdict, chosen, before: m.before, after: m.after, box: m.box, when };
  }
  function decide(list, verdict, chosen) {
    const when = new Date().toISOString();
    history.push(list.map((m) => [m, m.decision]));
    for (const m of list) {
      m.decision = decision(m, verdict, verdict === "accept" ? m.put : verdict === "reject" ? m.read : chosen, when);
      paint(m);
    }
    keep();
  }
  function undo() {
    const step = history.pop();
    if (!step) return;
    for (const [m, before] of step) {
      if (m.line) { if (before) lineDecisions.set(m.line, before); else lineDecisions.delete(m.line); paintLine(m.line); }
      else { m.decision = before; paint(m); }
    }
    keep();
    if (!step[0][0].line) go(step[0][0]); else draw();
  }
  function made() {
    const own = marks.filter((m) => m.decision).map((m) => m.decision);
    for (const list of lineDecisions.values()) own.push(...list);
    return [...own, ...strays].sort((a, b) => a.page - b.page);
  }
  function record() {
    return { format: "vnocr-decisions", format_version: 1, document: about.name, decisions: made() };
  }
  function keep() {
    try { localStorage.setItem(store, JSON.stringify(record())); } catch { $("warning").hidden = false; unsaved = true; }
    tell("vnocr-kept");
    count();
  }
  // Whoever shows this page besides (vnocr serve) hears of decisions, and may bring others.
  function tell(what) { document.dispatchEvent(new CustomEvent(what, { detail: record() })); }
  document.addEventListener("vnocr-take", (e) => { take(e.detail); draw(); });
  document.addEventListener("vnocr-tell", () => tell("vnocr-told"));
  function place(d) { return [d.page, d.read, d.put, d.before, d.after].join("\u0001"); }
  function later(one, other) { return !other || (one.when || "") >= (other.when || ""); }
  function take(saved) {
    const byPlace = new Map(marks.map((m) => [place(m), m]));
    const lines = new Map();
    let held = 0, lost = 0;
    for (const d of saved.decisions || []) {
      const m = byPlace.get(place(d));
      if (m) { if (later(d, m.decision)) { m.decision = d; paint(m); } held += 1; continue; }
      const line = [...document.querySelectorAll(`section[data-page="${Number(d.page)}"] .l`)]
        .find((l) => machineText(l).includes(d.before + d.put + d.after));
      if (line) { lines.set(line, [...(lines.get(line) || []), d]); held += 1; continue; }
      lost += 1;
      if (!strays.some((one) => place(one) === place(d) && one.when === d.when)) strays.push(d);
    }
    for (const [line, list] of lines) {
      const had = lineDecisions.get(line) || [];
      const kept = had.filter((one) => !list.some((d) => place(d) === place(one)));
      lineDecisions.set(line, [...kept, ...list.map((d) => had.find((one) => place(d) === place(one) && !later(d, one)) || d)]);
      paintLine(line);
    }
    keep();
    return { held, lost };
  }

  // The line as it was written by the program, whatever was decided since, with where its marks stand.
  function machine(line) {
    let text = "";
    const inside = [];
    for (const node of line.childNodes) {
      const m = markOf.get(node);
      if (m) { inside.push({ m, start: text.length }); text += m.put; }
      else if (!(node.nodeType === 1 && node.matches("ins.typed"))) text += node.textContent;
    }
    return { text, inside };
  }
  function machineText(line) { return machine(line).text; }
  // The line as it is to be: with the words that were decided.
  function decidedText(line) {
    const { text, inside } = machine(line);
    const said = [...inside.filter(({ m }) => m.decision).map(({ m, start }) => [start, m.put, m.decision.chosen]),
      ...(lineDecisions.get(line) || []).map((d) => [text.indexOf(d.before + d.put + d.after) + d.before.length, d.put, d.chosen])];
    return said.sort((a, b) => b[0] - a[0]).reduce((now, [start, put, chosen]) => now.slice(0, start) + chosen + now.slice(start + put.length), text);
  }
  function paintLine(line) {
    const list = lineDecisions.get(line) || [];
    line.querySelector("ins.typed")?.remove();
    if (!list.length) return;
    const note = document.createElement("ins");
    note.className = "typed";
    note.textContent = " → " + list.map((d) => d.chosen).join(" … ");
    line.append(note);
  }
  // Words of a line that a person typed anew: the longest common words stay, each stretch between them is one decision.
  function lineChanges(old, typed) {
    const a = old.split(/(\s+)/), b = typed.split(/(\s+)/);
    const best = Array.from({ length: a.length + 1 }, () => new Array(b.length + 1).fill(0));
    for (let i = a.length - 1; i >= 0; i--) for (let j = b.length - 1; j >= 0; j--)
      best[i][j] = a[i] === b[j] ? best[i + 1][j + 1] + 1 : Math.max(best[i + 1][j], best[i][j + 1]);
    const changes = [];
    let i = 0, j = 0, offset = 0, open = null;
    const close = () => { if (open) { changes.push(open); open = null; } };
    while (i < a.length || j < b.length) {
      if (i < a.length && j < b.length && a[i] === b[j] && (!open || !/^\s+$/.test(a[i]))) {
        close(); offset += a[i].length; i++; j++; continue;
      }
      open = open || { start: offset, old: "", typed: "" };
      if (i < a.length && j < b.length && a[i] === b[j]) { open.old += a[i]; open.typed += b[j]; offset += a[i].length; i++; j++; }
      else if (j >= b.length || (i < a.length && best[i + 1][j] >= best[i][j + 1])) { open.old += a[i]; offset += a[i].length; i++; }
      else { open.typed += b[j]; j++; }
    }
    close();
    return changes.map((c) => beside(old, c)).filter((c) => c.old && c.old !== c.typed);
  }
  // A decision is made on words that stand there: what was only added goes with the word before it, else behind it.
  function beside(text, { start, old, typed }) {
    const from = start + (old.length - old.trimStart().length);
    if (old.trim()) return { start: from, old: old.trim(), typed: typed.trim() };
    const before = /\S+\s*$/.exec(text.slice(0, start)), after = /^\s*\S+/.exec(text.slice(start));
    if (before) return { start: before.index, old: before[0].trim(), typed: `${before[0].trim()} ${typed.trim()}` };
    const word = after ? after[0].trim() : "";
    return { start: start + (after ? after[0].length - word.length : 0), old: word, typed: `${typed.trim()} ${word}` };
  }
  function put(m, verdict, chosen, when, step) {
    step.push([m, m.decision]);
    m.decision = decision(m, verdict, chosen, when);
    paint(m);
  }
  // A change of a marked word alone is a decision about that mark; one that goes further takes the place of any.
  function onMarks(c, inside, step, when) {
    const touched = inside.filter(({ m, start }) => start < c.start + c.old.length && c.start < start + m.put.length);
    const own = touched.find(({ m, start }) => start === c.start && m.put === c.old);
    for (const { m } of touched) {
      if (own) { if (!m.decision || m.decision.chosen !== c.typed) put(m, "type", c.typed, when, step); else step.push([m, m.decision]); }
      else if (m.decision) { step.push([m, m.decision]); m.decision = null; paint(m); }
    }
    return Boolean(own);
  }
  function editLine(line, typed) {
    const section = line.closest("section");
    const { text: old, inside } = machine(line), when = new Date().toISOString();
    const step = [[{ line }, lineDecisions.get(line)]];
    const changes = lineChanges(old, typed).filter((c) => !onMarks(c, inside, step, when));
    for (const { m } of inside) {
      // Typed back to what the program wrote.
      if (m.decision && m.decision.chosen !== m.put && !step.some(([one]) => one === m)) put(m, "accept", m.put, when, step);
    }
    history.push(step);
    lineDecisions.set(line, changes.map((c) => ({
      page: Number(section.dataset.page), read: c.old, put: c.old, verdict: "type", chosen: c.typed,
      before: old.slice(Math.max(0, c.start - AROUND), c.start), after: old.slice(c.start + c.old.length, c.start + c.old.length + AROUND), when,
    })));
    paintLine(line);
    keep();
  }

  function same(m) {
    if (!$("same").checked) return [m];
    return marks.filter((other) => other.read === m.read && other.put === m.put && (other === m || !other.decision));
  }
  function act(verdict, chosen) {
    if (!now) return;
    const list = same(now);
    decide(list, verdict, chosen);
    step(1);
    if (list.length > 1) say(`${list.length} ${t("done")}. ${$("said").textContent}`);
  }

  // Into the middle of what the bar and the panel leave free; both are as high as what they say.
  function show() {
    const root = document.documentElement.style;
    root.scrollPaddingTop = `${document.querySelector(".bar").offsetHeight}px`;
    root.scrollPaddingBottom = `${$("panel").offsetHeight}px`;
    document.querySelector("main").style.paddingBottom = `${$("panel").offsetHeight}px`;
    if (now) now.element.scrollIntoView({ block: "center" });
  }
  function go(m) {
    if (now) now.element.classList.remove("now");
    now = m;
    editing = null;  // what is typed from here on is about this place, not about the line that was begun
    draw();
    if (m) {
      m.element.classList.add("now");
      show();
      // Choosing what is shown goes on until Enter: the arrow keys pass over choices on their way.
      if (document.activeElement !== $("filter")) m.element.focus({ preventScroll: true });
    }
  }
  function step(by) {
    const list = shown();
    if (!list.length) { go(null); return; }
    const at = list.indexOf(now);
    let next;
    if (at >= 0) next = list[(at + by + list.length) % list.length];
    else if (!now || filter === "doubtful") next = list[by > 0 ? 0 : list.length - 1];
    else next = (by > 0 ? list.find((m) => m.at > now.at) : list.findLast((m) => m.at < now.at)) || list[by > 0 ? 0 : list.length - 1];
    go(next);
  }

  function spot(m) {
    document.querySelectorAll(".spot").forEach((old) => old.remove());
    const strip = $("strip"), sheet = m && m.section.querySelector(".sheet"), image = sheet && sheet.querySelector("img");
    strip.hidden = !(image && m.box);
    if (strip.hidden) return;
    const [wide, high] = [Number(m.section.dataset.width), Number(m.section.dataset.height)];
    const [left, top, right, bottom] = m.box;
    const box = document.createElement("div");
    box.className = "spot";
    box.style.cssText = `left:${100 * left / wide}%;top:${100 * top / high}%;width:${100 * (right - left) / wide}%;height:${100 * (bottom - top) / high}%`;
    sheet.append(box);
    const room = strip.clientWidth, tall = strip.clientHeight;
    const scale = Math.min(tall / Math.max(2.6 * (bottom - top), 20), room / Math.max(right - left + 120, 200));
    const x = Math.max(0, Math.min(wide - room / scale, (left + right) / 2 - room / scale / 2));
    const y = (top + bottom) / 2 - tall / scale / 2;
    strip.style.backgroundImage = `url(${image.src})`;
    strip.style.backgroundSize = `${wide * scale}px ${high * scale}px`;
    strip.style.backgroundPosition = `${-x * scale}px ${-y * scale}px`;
    strip.setAttribute("aria-label", `${t("strip")}: ${m.read}`);
    const frame = $("frame");
    frame.style.cssText = `left:${(left - x) * scale - 3}px;top:${(top - y) * scale - 3}px;width:${(right - left) * scale + 6}px;height:${(bottom - top) * scale + 6}px`;
  }
  function fact(name, ...content) {
    const dt = document.createElement("dt"), dd = document.createElement("dd");
    dt.textContent = name;
    dd.append(...content);
    return [dt, dd];
  }
  function tagged(tag, text) { const e = document.createElement(tag); e.textContent = text; return e; }
  function draw() {
    spot(now);
    const list = $("list"), rivals = document.createElement("span");
    list.replaceChildren();
    for (const id of ["accept", "reject", "write", "edit", "typed"]) $(id).disabled = !now;
    if (!now) { list.append(...fact("", t("none"))); count(); return; }
    $("typed").value = now.decision ? now.decision.chosen : now.put;
    rivals.id = "rivals";
    now.rivals.forEach(([text, sure], n) => {
      const button = tagged("button", `${text} ${Number(sure).toFixed(2)}`);
      button.type = "button";
      button.dataset.rival = String(n);
      rivals.append(button);
    });
    const put = now.changed ? [tagged("del", now.read), " → ", tagged("ins", now.put)] : [tagged("ins", now.put)];
    list.append(...fact(t("page"), String(now.page)), ...fact(now.changed ? `${t("read")} → ${t("put")}` : t("read"), ...put),
      ...fact(t("sure"), now.sure.toFixed(2)));
    if (now.doubts.length) list.append(...fact(t("doubt"), why(now, "doubts")));
    if (now.reasons.length) list.append(...fact(t("why"), why(now, "reasons")));
    if (now.rivals.length) list.append(...fact(t("rivals"), rivals));
    if (now.decision) list.append(...fact(t("decided"), label(now)));
    say(`${t("page")} ${now.page}. ${label(now)}`);
    count();
  }
  function count() {
    const list = shown();
    const done = list.filter((m) => m.decision).length;
    $("count").textContent = `${done} ${t("of")} ${list.length} ${t("done")}`;
    $("undo").disabled = !history.length;
  }

  function speak() {
    document.documentElement.lang = language;
    document.querySelectorAll("[data-t]").forEach((e) => { e.textContent = t(e.dataset.t); });
    document.querySelectorAll("[data-l]").forEach((e) => { e.setAttribute("aria-label", t(e.dataset.l)); });
    $("keys").replaceChildren(...t("keys").map(([key, what]) => {
      const row = document.createElement("tr"), left = document.createElement("td");
      left.append(tagged("kbd", key));
      row.append(left, tagged("td", what));
      return row;
    }));
    $("language").textContent = language === "vi" ? "English" : "Tiếng Việt";
    marks.forEach(paint);
    draw();
  }
  function save() {
    unsaved = false;
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([JSON.stringify(record(), null, 1) + "\n"], { type: "application/json" }));
    link.download = about.name.replace(/[\\/:*?"<>|]/g, "_") + ".decisions.json";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  }
  async function open(file) {
    try {
      const saved = JSON.parse(await file.text());
      if (saved.format !== "vnocr-decisions" || saved.document !== about.name) throw new Error("other");
      const { held, lost } = take(saved);
      draw();
      say(`${t("loaded")}: ${held}` + (lost ? `; ${lost} ${t("lost")}` : ""));
    } catch { say(t("wrong")); }
  }

  function startLine() {
    if (!now) return;
    editing = now.element.closest(".l");
    const typed = $("typed");
    typed.value = decidedText(editing);
    typed.focus();
  }
  function write() {
    const text = $("typed").value;
    if (editing) { editLine(editing, text); editing = null; draw(); return; }
    if (text !== now.put) act("type", text); else act("accept");
  }

  $("filter").addEventListener("change", (e) => { filter = e.target.value; now = null; step(1); });
  $("language").addEventListener("click", () => { language = language === "vi" ? "en" : "vi"; speak(); });
  $("save").addEventListener("click", save);
  $("open").addEventListener("click", () => $("file").click());
  $("file").addEventListener("change", (e) => { if (e.target.files[0]) open(e.target.files[0]); e.target.value = ""; });
  $("help-button").addEventListener("click", () => $("help").showModal());
  $("close").addEventListener("click", () => $("help").close());
  $("previous").addEventListener("click", () => step(-1));
  $("next").addEventListener("click", () => step(1));
  $("accept").addEventListener("click", () => act("accept"));
  $("reject").addEventListener("click", () => act("reject"));
  $("write").addEventListener("click", write);
  $("edit").addEventListener("click", startLine);
  $("undo").addEventListener("click", undo);
  $("list").addEventListener("click", (e) => {
    const n = e.target.dataset && e.target.dataset.rival;
    if (n !== undefined && now) act("type", now.rivals[Number(n)][0]);
  });
  document.querySelector("main").addEventListener("click", (e) => {
    const element = e.target.closest("mark");
    const m = element && marks.find((one) => one.element === element);
    if (m) { editing = null; go(m); }
  });
  $("typed").addEventListener("keydown", (e) => {
    if (e.isComposing) return;  // Enter ends what an input method is still putting together
    if (e.key === "Enter" && now) { e.preventDefault(); write(); if (now) now.element.focus({ preventScroll: true }); }
    if (e.key === "Escape") { editing = null; draw(); if (now) now.element.focus({ preventScroll: true }); }
  });
  addEventListener("beforeunload", (e) => { if (unsaved) e.preventDefault(); });
  document.addEventListener("keydown", (e) => {
    if ((e.ctrlKey || e.metaKey) && e.key.toLowerCase() === "s") { e.preventDefault(); save(); return; }
    if ((e.ctrlKey || e.metaKey) && e.key.toLowerCase() === "z" && e.target.id !== "typed") { e.preventDefault(); undo(); return; }
    if (e.ctrlKey || e.metaKey || e.altKey || $("help").open) return;
    if (e.target.id === "filter" && now && ["Enter", "Escape"].includes(e.key)) { now.element.focus({ preventScroll: true }); return; }
    if (e.isComposing || ["INPUT", "SELECT", "TEXTAREA"].includes(e.target.tagName)) return;
    if (e.target.tagName === "BUTTON" && (e.key === "Enter" || e.key === " ")) return;
    const key = e.key.length === 1 ? e.key.toLowerCase() : e.key;
    const acts = {
      ArrowRight: () => step(1), j: () => step(1), ArrowLeft: () => step(-1), k: () => step(-1),
      a: () => act("accept"), Enter: () => act("accept"), r: () => act("reject"),
      t: () => { if (now) { $("typed").focus(); $("typed").select(); } }, e: startLine,
      s: () => { $("same").checked = !$("same").checked; say(`${t("same")}: ${$("same").checked ? "✓" : "✗"}`); },
      u: undo, f: () => $("filter").focus(), "?": () => $("help").showModal(),
    };
    if (acts[key]) { e.preventDefault(); acts[key](); }
  });

  try { const saved = localStorage.getItem(store); if (saved) take(JSON.parse(saved)); } catch { /* a first visit, or no store */ }
  addEventListener("load", show);
  speak();
  if (!shown().length) { filter = "all"; $("filter").value = "all"; }
  step(1);
})();
