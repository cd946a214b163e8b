// Keeps a batch's page up to date while its files are under way, and copies ids. The page is complete without it.

const RETRY_MILLISECONDS = 5_000;
const ANNOUNCE_MILLISECONDS = 5_000;
const main = document.getElementById("main");
let announcedAt = 0;

function follow() {
  const source = new EventSource(main.dataset.events);
  source.addEventListener("message", ({ data }) => show(data, false));
  source.addEventListener("end", ({ data }) => {
    source.close();
    show(data, true);
    document.getElementById("update")?.remove();
  });
  source.addEventListener("error", () => {
    if (source.readyState === EventSource.CLOSED) setTimeout(follow, RETRY_MILLISECONDS);
  });
}

function show(parts, ended) {
  const changed = new DOMParser().parseFromString(parts, "text/html");
  for (const part of [...changed.body.children]) document.getElementById(part.id)?.replaceChildren(...part.childNodes);
  const heading = document.getElementById("heading").textContent;
  document.title = `${heading} – Bản Tin`;
  announce(heading, ended);
}

function announce(heading, ended) {
  const now = Date.now();
  if (!ended && now - announcedAt < ANNOUNCE_MILLISECONDS) return;
  announcedAt = now;
  document.getElementById("announcement").textContent = heading;
}

async function copy(button) {
  const code = button.parentElement.nextElementSibling.querySelector("code");
  if (!(await copied(code))) return;
  button.textContent = button.dataset.copied;
  document.getElementById("announcement").textContent = button.dataset.copied;
}

async function copied(code) {
  if (navigator.clipboard) return navigator.clipboard.writeText(code.textContent).then(() => true, () => false);
  getSelection().selectAllChildren(code); // without TLS a browser has only the older kind of clipboard
  return document.execCommand("copy");
}

if (main.dataset.events) {
  document.getElementById("update").hidden = true;
  follow();
}
for (const button of document.querySelectorAll("[data-copy]")) {
  button.hidden = false;
  button.addEventListener("click", () => copy(button));
}
