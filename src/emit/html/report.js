// What the page of --format html can do where scripts run: filters, keys, reasons on demand, a table that can be sorted.
// Everything that was found stands in the page without it.
(function () {
  "use strict";
  const all = (selector, from) => Array.from((from || document).querySelectorAll(selector));
  const make = (tag, attributes, ...children) => {
    const e = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes || {}))
      if (value !== null) e.setAttribute(name, value);
    e.append(...children);
    return e;
  };
  const severities = { fatal: "not checked", error: "errors", warning: "warnings", note: "notes" };
  const stories = all("article.story");
  const cards = [];                 // in the order of the page
  stories.forEach((story) => {
    const title = story.querySelector("h2").textContent;
    all(".card", story).forEach((e) => cards.push({
      e, story, title, rule: e.dataset.rule, severity: Object.keys(severities).find((s) => e.classList.contains(s)),
      text: null, shown: true, marks: [], refs: []
    }));
  });
  const byId = new Map(cards.map((c) => [c.e.id, c]));
  const cardOf = (story, number) => byId.get("f" + story.id.slice(1) + "-" + number);
  const marks = [];                 // each with the cards that it is for
  stories.forEach((story) => {
    all("[data-f]", story).forEach((e) => {
      const of = e.dataset.f.split(" ").map((n) => cardOf(story, n)).filter(Boolean);
      marks.push({ e, of, own: e.className });
      of.forEach((c) => c.marks.push(e));
    });
    all("a.ref", story).forEach((e) => {
      const c = byId.get(e.getAttribute("href").slice(1));
      if (c) c.refs.push(e);
    });
  });
  const markOf = new Map(marks.map((m) => [m.e, m]));

  // ---- filters ----
  const on = new Set(Object.keys(severities));
  const picked = new Set();
  const tools = document.getElementById("tools");
  const find = make("input", { type: "search", id: "find", autocomplete: "off", spellcheck: "false", placeholder: "words, rule or file" });
  const pick = make("select", { id: "pick" });
  const status = make("output", { role: "status", "aria-live": "polite" });
  const pickers = [];               // buttons of the table of rules
  const rows = all("#by-file tbody tr");
  let now = null;

  const textOf = (c) => {
    if (c.text === null)
      c.text = (c.title + " " + c.rule + " " + c.e.textContent + " " + c.marks.map((m) => m.textContent).join(" ")).toLowerCase();
    return c.text;
  };
  function filter() {
    const words = find.value.toLowerCase().split(/\s+/).filter(Boolean);
    const every = words.length === 0 && picked.size === 0 && on.size === 4;
    const seen = new Map();
    let n = 0;
    for (const c of cards) {
      c.shown = on.has(c.severity) && (picked.size === 0 || picked.has(c.rule)) && words.every((w) => textOf(c).includes(w));
      c.e.hidden = !c.shown;
      c.refs.forEach((r) => { r.hidden = !c.shown; });
      if (c.shown) { n++; seen.set(c.story, true); }
    }
    for (const m of marks) {
      const left = m.of.filter((c) => c.shown);
      const worst = Object.keys(severities).find((s) => left.some((c) => c.severity === s));
      m.e.className = left.length === m.of.length ? m.own : (m.e.classList.contains("caret") ? "caret " : "") + (worst || "off");
    }
    for (const s of stories)
      s.hidden = !every && !seen.has(s);
    for (const row of rows) {
      const link = row.querySelector("th a");
      const rules = row.dataset.rules.split(" ");
      if (link)
        row.hidden = document.getElementById(link.getAttribute("href").slice(1)).hidden &&
          !stories.some((s) => !s.hidden && s.querySelector("h2").firstChild.textContent.trim() === row.querySelector("th").textContent);
      else
        row.hidden = !every && !((picked.size === 0 || rules.some((r) => picked.has(r))) &&
          words.every((w) => row.querySelector("th").textContent.toLowerCase().includes(w) || row.dataset.rules.includes(w)) &&
          Array.from(on).some((s) => row.querySelector("td." + s + ":not(.zero)")));
    }
    pickers.forEach((b) => b.setAttribute("aria-pressed", String(picked.has(b.dataset.rule))));
    pick.value = picked.size === 1 ? Array.from(picked)[0] : picked.size === 0 ? "" : "*";
    pick.querySelector("[value='*']").hidden = picked.size < 2;
    status.textContent = every ? cards.length + (cards.length === 1 ? " finding" : " findings") + " here" : n + " of " + cards.length + " findings here";
    clear.hidden = every;
  }
  const clear = make("button", { type: "button", hidden: "" }, "Show all");
  clear.addEventListener("click", reset);
  function reset() {
    find.value = "";
    picked.clear();
    Object.keys(severities).forEach((s) => on.add(s));
    all("[data-severity]", tools).forEach((b) => b.setAttribute("aria-pressed", "true"));
    filter();
  }

  // ---- from finding to finding ----
  function light(c, name, yes) {
    c.e.classList.toggle(name, yes);
    c.marks.forEach((m) => m.classList.toggle("lit", yes));
  }
  function go(c) {
    if (now) light(now, "now", false);
    now = c;
    light(c, "now", true);
    c.e.focus({ preventScroll: true });
    c.e.scrollIntoView({ block: "center", behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
  }
  function step(by) {
    const shown = cards.filter((c) => c.shown);
    if (shown.length === 0) return;
    const focused = document.activeElement ? document.activeElement.closest(".card") : null;
    const from = shown.indexOf(focused ? byId.get(focused.id) : now);
    go(shown[from < 0 ? (by > 0 ? 0 : shown.length - 1) : (from + by + shown.length) % shown.length]);
  }
  function stepStory(by) {
    const shown = stories.filter((s) => !s.hidden);
    const here = document.activeElement ? document.activeElement.closest("article.story") : null;
    const to = shown[Math.max(0, Math.min(shown.length - 1, here ? shown.indexOf(here) + by : 0))];
    if (!to) return;
    to.setAttribute("tabindex", "-1");
    to.focus({ preventScroll: true });
    to.scrollIntoView({ block: "start" });
  }

  // ---- why ----
  function why(button) {
    const card = button.closest(".card"), open = button.getAttribute("aria-expanded") === "true";
    button.setAttribute("aria-expanded", String(!open));
    const old = card.querySelector(".why");
    if (old) old.remove();
    if (open) return;
    const box = make("div", { "class": "why" }), rule = document.getElementById("rule-" + card.dataset.rule);
    if (rule) all(".title, .why, .pass", rule).forEach((p) => { const q = p.cloneNode(true); q.removeAttribute("class"); box.append(q); });
    if (card.dataset.id)
      box.append(make("p", {}, "Fingerprint ", make("code", {}, card.dataset.id), " ", make("button", { type: "button", "data-copy": card.dataset.id }, "Copy")));
    card.append(box);
  }
  function copy(button) {
    const done = () => { button.textContent = "Copied"; };
    const choose = () => { getSelection().selectAllChildren(button.previousElementSibling); };
    if (navigator.clipboard) navigator.clipboard.writeText(button.dataset.copy).then(done, choose);
    else choose();
  }
  cards.forEach((c) => {
    if (document.getElementById("rule-" + c.rule))
      c.e.querySelector(".meta").append(" ", make("button", { type: "button", "aria-expanded": "false", "data-why": "" }, "Why?"));
  });
  document.addEventListener("click", (event) => {
    const b = event.target.closest("button");
    if (b && b.hasAttribute("data-why")) why(b);
    else if (b && b.hasAttribute("data-copy")) copy(b);
    const to = event.target.closest("a.ref, a.n");
    if (!to) return;
    const c = to.classList.contains("ref") ? byId.get(to.getAttribute("href").slice(1)) : byId.get(to.closest(".card").id);
    if (c && to.classList.contains("ref")) { event.preventDefault(); history.replaceState(null, "", "#" + c.e.id); go(c); }
  });
  let lit = [];
  document.addEventListener("mouseover", (event) => {
    const mark = event.target.closest("[data-f]"), card = event.target.closest(".card");
    const want = mark && markOf.has(mark) ? markOf.get(mark).of.filter((c) => c.shown) : card && byId.has(card.id) ? [byId.get(card.id)] : [];
    lit.forEach((c) => { if (!want.includes(c)) { c.e.classList.remove("lit"); if (c !== now) c.marks.forEach((m) => m.classList.remove("lit")); } });
    want.forEach((c) => light(c, "lit", true));
    lit = want;
  });

  // ---- the table of files ----
  all("table.files").forEach((table) => {
    const body = table.tBodies[0], heads = Array.from(table.tHead.rows[0].cells);
    const first = new Map(Array.from(body.rows).map((r, i) => [r, i]));
    heads.forEach((th, column) => {
      if (column === 1) return;
      const b = make("button", { type: "button" }, th.textContent);
      th.textContent = "";
      th.append(b);
      b.addEventListener("click", () => {
        const number = th.classList.contains("num");
        const down = th.hasAttribute("aria-sort") ? th.getAttribute("aria-sort") === "ascending" : number;
        const key = (r) => number ? Number(r.cells[column].textContent.replace(/,/g, "")) : r.cells[column].textContent;
        const sorted = Array.from(body.rows).map((r) => [key(r), r]);
        sorted.sort((x, y) => (x[0] > y[0] ? 1 : x[0] === y[0] ? 0 : -1) * (down ? -1 : 1) || first.get(x[1]) - first.get(y[1]));
        heads.forEach((h) => h.removeAttribute("aria-sort"));
        th.setAttribute("aria-sort", down ? "descending" : "ascending");
        body.append(...sorted.map((s) => s[1]));
      });
    });
  });

  // ---- the bar of tools ----
  const help = make("dialog", { "aria-labelledby": "t-help" }, make("h2", { id: "t-help" }, "Keys"));
  const keys = make("dl");
  [["n j", "next finding"], ["p k", "previous finding"], ["] [", "next, previous article"], ["/", "to the filter"], ["Escape", "show all again"], ["?", "these keys"]]
    .forEach(([k, what]) => keys.append(make("dt", {}, ...k.split(" ").flatMap((s) => [make("kbd", {}, s), " "])), make("dd", {}, what)));
  const close = make("button", { type: "button" }, "Close");
  close.addEventListener("click", () => help.close());
  help.append(keys, close);
  document.body.append(help);

  const counts = {};
  const rules = new Map();
  cards.forEach((c) => { counts[c.severity] = (counts[c.severity] || 0) + 1; rules.set(c.rule, (rules.get(c.rule) || 0) + 1); });
  const group = make("div", { "class": "group", role: "group", "aria-label": "Severities" });
  Object.keys(severities).filter((s) => counts[s]).forEach((s) => {
    const b = make("button", { type: "button", "class": s, "aria-pressed": "true", "data-severity": s }, severities[s] + " " + counts[s]);
    b.addEventListener("click", () => {
      if (on.has(s)) on.delete(s); else on.add(s);
      b.setAttribute("aria-pressed", String(on.has(s)));
      filter();
    });
    group.append(b);
  });
  pick.append(make("option", { value: "" }, "all rules"), make("option", { value: "*", hidden: "" }, "several rules"));
  Array.from(rules.keys()).sort().forEach((r) => pick.append(make("option", { value: r }, r + " (" + rules.get(r) + ")")));
  pick.addEventListener("change", () => { picked.clear(); if (pick.value !== "") picked.add(pick.value); filter(); });
  let later = 0;
  find.addEventListener("input", () => { clearTimeout(later); later = setTimeout(filter, 80); });
  const walk = make("div", { "class": "group" });
  [["Previous", -1, "p"], ["Next", 1, "n"]].forEach(([name, by, key]) => {
    const b = make("button", { type: "button", "aria-keyshortcuts": key }, name);
    b.addEventListener("click", () => step(by));
    walk.append(b);
  });
  const passed = all("details.passed");
  const let_pass = make("button", { type: "button", "aria-pressed": "false" }, "Let pass");
  let_pass.addEventListener("click", () => {
    const yes = let_pass.getAttribute("aria-pressed") !== "true";
    let_pass.setAttribute("aria-pressed", String(yes));
    passed.forEach((d) => { d.open = yes; });
  });
  const ask = make("button", { type: "button", "aria-keyshortcuts": "?", "aria-label": "Keys" }, "?");
  ask.addEventListener("click", () => help.showModal());
  if (cards.length !== 0)
    tools.append(group, make("label", { "for": "find" }, "Find ", find), make("label", { "for": "pick" }, "Rule ", pick), walk, clear);
  if (passed.length !== 0) tools.append(let_pass);
  if (cards.length !== 0) tools.append(ask, status);
  tools.hidden = tools.childElementCount === 0;
  all("#by-rule tbody tr").forEach((row) => {
    const link = row.querySelector("th a"), rule = row.dataset.rule;
    if (!rules.has(rule)) return;
    const b = make("button", { type: "button", "aria-pressed": "false", "data-rule": rule }, rule);
    b.addEventListener("click", () => { if (picked.has(rule)) picked.delete(rule); else picked.add(rule); filter(); });
    link.replaceWith(b);
    pickers.push(b);
  });
  filter();

  // ---- keys ----
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest && event.target.closest("input, select, textarea");
    if (event.ctrlKey || event.metaKey || event.altKey || help.open) return;
    if (event.key === "Escape") { reset(); if (typing) typing.blur(); return; }
    if (typing) return;
    const act = { n: () => step(1), j: () => step(1), p: () => step(-1), k: () => step(-1), "]": () => stepStory(1), "[": () => stepStory(-1),
      "/": () => { find.focus(); find.select(); }, "?": () => help.showModal() }[event.key];
    if (act) { event.preventDefault(); act(); }
  });
})();
