// Makes the search page quicker: choices apply at once, without leaving the page. Everything works without this file.

const parts = ["main", "filters", "search"];
const form = () => document.getElementById("search");
let latest = 0;

document.documentElement.classList.add("js");

function openFiltersOnWideScreens() {
  const filters = document.getElementById("filters");
  if (filters && matchMedia("(min-width: 52.01rem)").matches) filters.open = true;
}

function address() {
  const chosen = [...new FormData(form())].filter(([, value]) => value !== "");
  return `/?${new URLSearchParams(chosen)}`;
}

async function show(url, { remember }) {
  const turn = ++latest;
  const response = await fetch(url, { headers: { Accept: "text/html" } }).catch(() => null);
  if (!response) return location.assign(url);
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  if (turn !== latest) return;
  if (!parts.every((id) => page.getElementById(id) && document.getElementById(id))) return location.assign(url);
  if (remember) history.pushState(null, "", url);
  replaceParts(page);
}

function replaceParts(page) {
  const focused = document.activeElement;
  const open = [...document.querySelectorAll("#filters, #filters details[open]")].filter((one) => one.open);
  document.title = page.title;
  for (const id of parts) document.getElementById(id).replaceWith(page.getElementById(id));
  for (const { id } of open) if (document.getElementById(id)) document.getElementById(id).open = true;
  document.getElementById("told").textContent = document.getElementById("found").textContent;
  sameControl(focused)?.focus({ preventScroll: true });
}

function sameControl({ id, name, type, value }) {
  if (type === "checkbox") return [...document.getElementsByName(name)].find((one) => one.value === value);
  return id ? document.getElementById(id) : null;
}

document.addEventListener("change", ({ target }) => {
  if (target.form === form() && target.form && target.type !== "search") show(address(), { remember: true });
});

document.addEventListener("submit", (event) => {
  if (event.target !== form()) return;
  event.preventDefault();
  show(address(), { remember: true });
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input, select, textarea")) return;
  event.preventDefault();
  document.getElementById("q")?.focus();
});

addEventListener("popstate", () => show(location.href, { remember: false }));
openFiltersOnWideScreens();
