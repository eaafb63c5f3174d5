// Makes the pages a little nicer; every page works without it.
"use strict";

// A form that changes something is sent once, even when pressed twice.
for (const form of document.querySelectorAll("form[method=post]")) {
  let sent = false;
  form.addEventListener("submit", (event) => {
    if (sent) event.preventDefault();
    // Without a line the form stays with what was typed.
    if (!navigator.onLine && form.dataset.drafts) {
      event.preventDefault();
      tell(form, "lost");
      return;
    }
    sent = true;
  });
  window.addEventListener("pageshow", () => { sent = false; });
}

// A file is no text and is not kept with it.
const typed = (form) => [...new FormData(form)].filter(([, value]) => typeof value === "string");

// What is typed is kept now and then, so that a closed window costs nothing.
function tell(form, key) {
  const state = form.querySelector("#draft-state");
  if (state) state.textContent = state.dataset[key];
}
for (const form of document.querySelectorAll("form[data-drafts]")) {
  let waiting = 0;
  let isSent = false;
  form.addEventListener("submit", (event) => {
    if (!event.defaultPrevented) isSent = true;
  });
  const keep = async () => {
    if (isSent) return;
    try {
      const answer = await fetch(form.dataset.drafts, {
        method: "POST", body: new URLSearchParams(typed(form)),
      });
      tell(form, answer.ok ? "kept" : "lost");
    } catch {
      tell(form, "lost");
      waiting = setTimeout(keep, 5000);
    }
  };
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(keep, 800);
  });
}

// Citizens are found while one types; every answer is a look-up and is logged as one.
const who = document.querySelector("form #q");
if (who) {
  let waiting = 0;
  const find = async () => {
    const address = `${who.form.action}?${new URLSearchParams(new FormData(who.form))}`;
    const answer = await fetch(address).catch(() => null);
    if (!answer?.ok || who.value.trim().length < 2) return;
    const next = new DOMParser().parseFromString(await answer.text(), "text/html");
    const found = next.querySelector("#found");
    if (!found) return;
    const old = document.querySelector("#found");
    if (old) old.replaceWith(found); else document.querySelector("main").append(found);
    document.querySelector("h1").textContent = next.querySelector("h1").textContent;
    history.replaceState(null, "", address);
  };
  who.addEventListener("input", () => {
    clearTimeout(waiting);
    if (who.value.trim().length > 1) waiting = setTimeout(find, 250);
  });
}

// Ctrl-K: a page, an act or a citizen is reached by typing.
const menu = document.querySelector("nav.main");
if (menu && menu.dataset.box) {
  const box = document.createElement("dialog");
  box.id = "command-box";
  box.setAttribute("aria-label", menu.dataset.box);
  const label = document.createElement("label");
  label.htmlFor = "command";
  label.textContent = menu.dataset.box;
  const input = Object.assign(document.createElement("input"), { id: "command", autocomplete: "off" });
  const list = document.createElement("ul");
  list.className = "links";
  box.append(label, input, list);
  document.body.append(box);
  const reach = [...document.querySelectorAll("nav.main a, aside a, main ul.links a")]
    .map((link) => [link.textContent.trim(), link.href]);
  const people = menu.querySelector("a[href='/citizens']");
  const show = () => {
    const text = input.value.trim();
    const words = text.toLowerCase().split(/\s+/);
    const fits = reach.filter(([name]) => words.every((word) => name.toLowerCase().includes(word)));
    const purpose = new URLSearchParams(location.search).get("purpose") ?? menu.dataset.purpose;
    const find = people && text
      ? [[`${menu.dataset.find} ${text}`, `/citizens?${new URLSearchParams({ q: text, purpose })}`]] : [];
    list.replaceChildren(...[...fits.slice(0, 8), ...find].map(([name, href]) => {
      const row = document.createElement("li");
      row.append(Object.assign(document.createElement("a"), { textContent: name, href }));
      return row;
    }));
  };
  input.addEventListener("input", show);
  box.addEventListener("keydown", (event) => {
    const links = [...list.querySelectorAll("a")];
    const at = links.indexOf(document.activeElement);
    if (event.key === "Enter" && at < 0) links[0]?.click();
    if (event.key === "ArrowDown") (links[at + 1] ?? links[0])?.focus();
    if (event.key === "ArrowUp") (links[at - 1] ?? input).focus();
    if (event.key.startsWith("Arrow")) event.preventDefault();
  });
  document.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "k") return;
    event.preventDefault();
    input.value = "";
    show();
    box.showModal();
  });
}

// An error is met first.
document.querySelector("[role=alert] a")?.focus();

// Tables of figures are sorted by a press on a heading: up, down, and as it was.
const language = document.documentElement.lang;
const order = new Intl.Collator(language, { numeric: true });
const decimalMark = language === "da" ? "," : ".";

function amount(text) {
  const match = text.match(/[-−]?[\d.,]*\d/);
  if (!match) return null;
  const digits = [...match[0]].filter((c) => /\d/.test(c) || c === decimalMark).join("");
  const size = Number(digits.replace(decimalMark, "."));
  return /[-−]/.test(match[0][0]) ? -size : size;
}

function compare(first, second, isNumber) {
  if (!isNumber) return order.compare(first, second);
  return amount(first) - amount(second);
}

for (const table of document.querySelectorAll("[role=region] > table")) {
  const body = table.tBodies[0];
  const rows = [...body.rows];
  if (rows.length < 3) continue;
  const headings = [...table.tHead.rows[0].cells];
  headings.forEach((heading, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "sort";
    button.append(...heading.childNodes);
    heading.append(button);
    button.addEventListener("click", () => {
      const now = { ascending: "descending", descending: null }[heading.ariaSort];
      const next = now === undefined ? "ascending" : now;
      for (const other of headings) other.removeAttribute("aria-sort");
      if (next) heading.setAttribute("aria-sort", next);
      const text = (row) => row.cells[column].textContent.trim();
      // Months and years stand in their own order already.
      const isTime = column === 0 && rows.every((row) => /\b20\d\d\b/.test(text(row)));
      const isNumber = heading.classList.contains("number");
      // What has no number stands last, whichever way.
      const isEmpty = (row) => isNumber && amount(text(row)) === null;
      const known = rows.filter((row) => !isEmpty(row));
      if (next && !isTime) known.sort((a, b) => compare(text(a), text(b), isNumber));
      if (next === "descending") known.reverse();
      body.append(...(next ? [...known, ...rows.filter(isEmpty)] : rows));
    });
  });
}
