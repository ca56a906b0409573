// Fields that name a page offer pages while one types: the combobox of the WAI-ARIA practices. Without this file the name alone does.
import { say } from "/static/js/site.js";

let open = null;

function close() {
  if (!open) return;
  open.wanted?.abort();
  clearTimeout(open.timer);
  open.list.remove();
  open.input.setAttribute("aria-expanded", "false");
  open.input.removeAttribute("aria-activedescendant");
  open.input.removeAttribute("aria-controls");
  open = null;
}

function begin(input) {
  if (open?.input === input) return open;
  close();
  const list = document.createElement("ul");
  list.className = "pick-list";
  list.id = `${input.id}-list`;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", `${input.dataset.pick}s`);
  list.hidden = true;
  input.after(list);
  input.setAttribute("aria-controls", list.id);
  open = { input, list, offers: [], at: -1 };
  return open;
}

async function ask(state) {
  const { input, list } = state;
  const words = input.value.trim();
  state.wanted?.abort();
  if (!words) return close();
  state.wanted = new AbortController();
  try {
    const query = new URLSearchParams({ kind: input.dataset.pick, q: words });
    const answer = await fetch(`/suggest?${query}`, { signal: state.wanted.signal });
    if (!answer.ok || open !== state) return;
    state.offers = await answer.json();
  } catch {
    return;
  }
  if (open !== state || document.activeElement !== input) return;
  state.at = -1;
  input.removeAttribute("aria-activedescendant");
  list.replaceChildren(...state.offers.map((offer, at) => {
    const item = document.createElement("li");
    item.id = `${list.id}-${at}`;
    item.setAttribute("role", "option");
    item.setAttribute("aria-selected", "false");
    for (const [text, muted] of [[offer.title, false], [offer.native, true], [offer.about, true]]) {
      if (!text) continue;
      const part = document.createElement("span");
      if (muted) part.className = "muted";
      if (/[가-힣]/.test(text)) part.lang = "ko";
      part.textContent = text;
      item.append(part);
    }
    return item;
  }));
  const count = state.offers.length;
  list.hidden = !count;
  input.setAttribute("aria-expanded", String(count > 0));
  say(count === 1 ? "1 page found" : `${count || "No"} ${input.dataset.pick}s found`);
}

function move(state, by) {
  const items = [...state.list.children];
  if (!items.length) return;
  items[state.at]?.setAttribute("aria-selected", "false");
  state.at = (state.at + by + items.length + (state.at < 0 && by < 0 ? 1 : 0)) % items.length;
  const item = items[state.at];
  item.setAttribute("aria-selected", "true");
  item.scrollIntoView({ block: "nearest" });
  state.input.setAttribute("aria-activedescendant", item.id);
}

function choose(state, at) {
  const { input } = state;
  const offer = state.offers[at];
  if (!offer) return;
  input.value = offer.title;
  const name = `${input.name}.id`;
  let kept = input.form?.elements.namedItem(name);
  if (!kept) {
    kept = Object.assign(document.createElement("input"), { type: "hidden", name });
    input.after(kept);
  }
  kept.value = offer.page;
  close();
  say(`${offer.title} chosen`);
}

const isPicker = (element) => element instanceof HTMLInputElement && element.dataset.pick !== undefined;

function ready(root) {
  for (const input of root.querySelectorAll("input[data-pick]")) {
    const box = document.createElement("div");
    box.className = "pick";
    input.replaceWith(box);
    box.append(input);
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-expanded", "false");
  }
}

ready(document);
document.addEventListener("rows-changed", (event) => ready(event.target));

document.addEventListener("input", (event) => {
  if (!isPicker(event.target)) return;
  const state = begin(event.target);
  clearTimeout(state.timer);
  state.timer = setTimeout(() => ask(state), 150);
});

document.addEventListener("keydown", (event) => {
  if (!isPicker(event.target) || event.isComposing) return;
  const state = open?.input === event.target ? open : null;
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    if (state && !state.list.hidden) move(state, event.key === "ArrowDown" ? 1 : -1);
    else ask(begin(event.target));
  } else if (event.key === "Enter" && state && state.at >= 0) {
    event.preventDefault();
    choose(state, state.at);
  } else if (event.key === "Escape" && state) {
    event.preventDefault();
    close();
  }
});

document.addEventListener("pointerdown", (event) => {
  const item = event.target.closest?.(".pick-list li");
  if (!item || !open) return;
  event.preventDefault();
  choose(open, [...open.list.children].indexOf(item));
});

document.addEventListener("focusout", (event) => {
  if (event.target === open?.input) setTimeout(() => {
    if (open && document.activeElement !== open.input) close();
  });
});
