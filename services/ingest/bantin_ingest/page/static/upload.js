// Makes sending files easier: folders, drag and drop, a list of what is chosen, progress. Everything works without it.

const byId = (id) => document.getElementById(id);
const form = byId("upload");
const input = byId("file");
const limits = Object.fromEntries(Object.entries(form.dataset).map(([name, value]) => [name, Number(value)]));
let request = null;

function written(bytes) {
  const units = ["B", "KB", "MB", "GB"];
  let unit = 0;
  for (; Math.round(bytes * 10) / 10 >= 1024 && unit < units.length - 1; unit++) bytes /= 1024;
  const figures = new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: 1 }).format(bytes);
  return `${figures} ${units[unit]}`;
}

const total = (files) => files.reduce((sum, { size }) => sum + size, 0);
const chosen = () => [...input.files];

function choose(files) {
  const transfer = new DataTransfer();
  for (const file of files) transfer.items.add(file);
  input.files = transfer.files;
  changed();
}

function changed() {
  tellProblem(null);
  showChosen();
}

function showChosen() {
  const files = chosen();
  byId("chosen").hidden = files.length === 0;
  const sum = byId("chosen-sum");
  const count = new Intl.NumberFormat(document.documentElement.lang).format(files.length);
  sum.textContent = files.length ? sum.dataset.text.replace("{}", count).replace("{}", written(total(files))) : "";
  byId("chosen-files").replaceChildren(...files.map(shown));
  byId("source_url").disabled = files.length > 1;
}

function shown(file, position) {
  const item = byId("chosen-file").content.cloneNode(true);
  item.querySelector(".name").textContent = file.name;
  item.querySelector(".about").textContent = written(file.size);
  item.querySelector(".warning").hidden = file.size <= limits.maxFileBytes;
  const remove = item.querySelector("button");
  remove.setAttribute("aria-label", remove.dataset.label.replace("{}", file.name));
  remove.addEventListener("click", () => {
    choose(chosen().filter((_, other) => other !== position));
    const rest = byId("chosen-files").querySelectorAll("button");
    (rest[Math.min(position, rest.length - 1)] ?? input).focus();
  });
  return item;
}

function tellProblem(content) {
  byId("problem").replaceChildren(...(content ? [content] : []));
  if (content) byId("problem").scrollIntoView({ block: "nearest" });
}

const foreseen = (code) => document.querySelector(`template[data-problem="${code}"]`).content.cloneNode(true);

function foreseenProblem(files) {
  if (files.length > limits.maxFiles) return "too_many_files";
  if (files.length === 1 && files[0].size > limits.maxFileBytes) return "too_large";
  return total(files) > limits.maxRequestBytes ? "too_large" : null;
}

function send() {
  const problem = foreseenProblem(chosen());
  tellProblem(problem && foreseen(problem));
  if (problem) return;
  request = new XMLHttpRequest();
  request.upload.addEventListener("progress", ({ loaded, total }) => showProgress(loaded, total));
  request.addEventListener("load", arrived);
  request.addEventListener("error", () => stopped(foreseen("offline")));
  request.addEventListener("abort", () => stopped(null));
  request.open("POST", form.action);
  request.setRequestHeader("Accept", "text/html");
  request.send(new FormData(form));
  showSending(true);
}

function arrived() {
  const { status, responseURL, responseText } = request;
  if (status === 200 && responseURL !== form.action) {
    request = null;
    location.assign(responseURL);
    return;
  }
  const page = new DOMParser().parseFromString(responseText, "text/html");
  stopped(page.querySelector("#problem > *") ?? foreseen(status === 401 || status === 403 ? "refused" : ""));
}

function stopped(problem) {
  request = null;
  showSending(false);
  tellProblem(problem);
  form.querySelector("[type=submit]").focus();
}

function showSending(sending) {
  byId("fields").disabled = sending;
  byId("sending").hidden = !sending;
  const text = byId("sending-text");
  text.textContent = sending ? text.dataset.sending : "";
  byId("cancel").hidden = false;
  showProgress(0, 1);
  if (sending) byId("sending").focus();
}

function showProgress(loaded, total) {
  const percent = Math.floor((100 * loaded) / total);
  byId("sent").value = percent;
  byId("percent").textContent = `${percent} %`;
  if (loaded < total) return;
  const text = byId("sending-text");
  text.textContent = text.dataset.storing;
  byId("cancel").hidden = true;
}

function filesDropped(item) {
  const entry = item.webkitGetAsEntry?.(); // a folder, or a file that lies in one; nothing where a program made it
  return entry ? filesIn(entry) : [item.getAsFile()];
}

async function filesIn(entry) {
  if (entry.name.startsWith(".")) return [];
  if (entry.isFile) return [await new Promise((resolve, reject) => entry.file(resolve, reject))];
  const reader = entry.createReader();
  const found = [];
  for (;;) {
    const some = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
    if (some.length === 0) return found;
    for (const one of some) found.push(...(await filesIn(one)));
  }
}

function takeDrops() {
  const drop = byId("drop");
  addEventListener("dragover", (event) => {
    event.preventDefault();
    drop.classList.toggle("over", !request && drop.contains(event.target));
  });
  addEventListener("dragleave", () => drop.classList.remove("over"));
  addEventListener("drop", async (event) => {
    event.preventDefault();
    drop.classList.remove("over");
    if (request) return;
    const items = [...event.dataTransfer.items].filter(({ kind }) => kind === "file");
    const found = await Promise.all(items.map(filesDropped));
    choose([...chosen(), ...found.flat()]);
  });
}

function takeFolders() {
  const folder = byId("folder");
  byId("choose-folder").hidden = !("webkitdirectory" in folder) || !matchMedia("(pointer: fine)").matches;
  byId("choose-folder").addEventListener("click", () => folder.click());
  folder.addEventListener("change", () => {
    choose([...chosen(), ...[...folder.files].filter(({ name }) => !name.startsWith("."))]);
    folder.value = "";
  });
}

document.documentElement.classList.add("js");
for (const enhanced of document.querySelectorAll("[data-enhanced]")) enhanced.hidden = false;
byId("drop-hint").hidden = !matchMedia("(pointer: fine)").matches;
takeFolders();
takeDrops();
input.addEventListener("change", changed);
byId("clear").addEventListener("click", () => {
  choose([]);
  input.focus();
});
byId("cancel").addEventListener("click", () => request?.abort());
form.addEventListener("submit", (event) => {
  event.preventDefault();
  if (!request) send();
});
addEventListener("beforeunload", (event) => request && event.preventDefault());
addEventListener("pageshow", () => {
  showSending(false);
  showChosen();
});
