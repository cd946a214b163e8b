// Completes the words while they are typed: a combobox with a list (ARIA 1.2). Without this file the box is a plain one.

const DELAY = 80;
const box = () => document.getElementById("q");
const list = () => document.getElementById("suggestions");
let typed = "";
let latest = 0;
let waiting = 0;

const options = () => [...list().children];
const active = () => options().find((one) => one.getAttribute("aria-selected") === "true");

function close() {
  latest += 1;
  clearTimeout(waiting);
  if (!list()) return;
  list().hidden = true;
  list().replaceChildren();
  box().setAttribute("aria-expanded", "false");
  box().removeAttribute("aria-activedescendant");
}

async function ask() {
  const words = box().value;
  const turn = ++latest;
  if (!words.trim()) return close();
  const address = `/v1/suggest?${new URLSearchParams({ q: words, size: 8 })}`;
  const response = await fetch(address, { headers: { Accept: "application/json" } }).catch(() => null);
  const answer = response?.ok ? await response.json().catch(() => null) : null;
  if (turn !== latest) return;
  if (!answer?.suggestions.length || document.activeElement !== box()) return close();
  typed = words;
  show(answer.suggestions);
}

function show(suggestions) {
  list().replaceChildren(...suggestions.map(option));
  list().hidden = false;
  box().setAttribute("aria-expanded", "true");
  box().removeAttribute("aria-activedescendant");
}

function option({ kind, text, highlight }, place) {
  const one = document.createElement("li");
  one.id = `suggestion-${place}`;
  one.setAttribute("role", "option");
  one.setAttribute("aria-selected", "false");
  one.dataset.text = text;
  const words = document.createElement("span");
  words.lang = "vi";
  words.append(...marked(highlight));
  const about = document.createElement("span");
  about.className = "kind";
  about.textContent = list().dataset[kind] ?? "";
  one.append(words, " ", about);
  return one;
}

// The answer's highlight holds text and <mark> only; nothing else of it is taken over.
function marked(highlight) {
  const { childNodes } = new DOMParser().parseFromString(highlight, "text/html").body;
  return [...childNodes].map((node) => {
    if (node.nodeName !== "MARK") return document.createTextNode(node.textContent);
    const mark = document.createElement("mark");
    mark.textContent = node.textContent;
    return mark;
  });
}

function move(step) {
  const all = options();
  const place = all.indexOf(active());
  const next = place < 0 ? (step > 0 ? 0 : all.length - 1) : place + step;
  active()?.setAttribute("aria-selected", "false");
  const one = all[next];
  box().value = one ? one.dataset.text : typed;
  if (!one) return box().removeAttribute("aria-activedescendant");
  one.setAttribute("aria-selected", "true");
  one.scrollIntoView({ block: "nearest" });
  box().setAttribute("aria-activedescendant", one.id);
}

function choose(one) {
  box().value = one.dataset.text;
  close();
  box().form.requestSubmit();
}

document.addEventListener("input", (event) => {
  if (event.target !== box() || event.isComposing) return;
  clearTimeout(waiting);
  waiting = setTimeout(ask, DELAY);
});

document.addEventListener("compositionend", ({ target }) => {
  if (target === box()) ask();
});

document.addEventListener("keydown", (event) => {
  if (event.target !== box() || event.isComposing) return;
  const open = list() && !list().hidden;
  if (event.key === "Escape" && open) {
    event.preventDefault();
    box().value = typed;
    close();
  } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    if (open) move(event.key === "ArrowDown" ? 1 : -1);
    else ask();
  } else if (event.key === "Enter" && open && active()) {
    event.preventDefault();
    choose(active());
  }
});

// A press on the list must not take the focus away before it is a click.
document.addEventListener("mousedown", (event) => {
  if (event.target.closest?.("#suggestions")) event.preventDefault();
});

document.addEventListener("click", ({ target }) => {
  const one = target.closest?.("#suggestions > li");
  if (one) choose(one);
});

document.addEventListener("focusout", ({ target }) => {
  if (target === box()) close();
});

document.addEventListener("submit", close);
