// Fields that name a page offer pages while one types: the combobox of the WAI-ARIA practices.
import { say } from "/static/js/site.js";

let open = null;

function close() {
  if (!open) return;
  const { input, list, timer } = open;
  clearTimeout(timer);
  list.remove();
  input.setAttribute("aria-expanded", "false");
  input.removeAttribute("aria-activedescendant");
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
  return open = { input, list, offers: [], at: -1 };
}

function item(offer, at, id) {
  const made = document.createElement("li");
  made.id = `${id}-${at}`;
  made.setAttribute("role", "option");
  for (const text of [offer.title, offer.native, offer.about].filter(Boolean)) {
    const part = document.createElement("span");
    if (made.firstChild) part.className = "muted";
    if (/[가-힣]/.test(text)) part.lang = "ko";
    part.textContent = text;
    made.append(part);
  }
  return made;
}

async function ask(state) {
  const { input, list } = state;
  const q = input.value.trim();
  if (!q) return close();
  const { pick: kind } = input.dataset;
  let offers = [];
  try {
    const answer = await fetch(`/suggest?${new URLSearchParams({ kind, q })}`);
    offers = await answer.json();
  } catch {
    return;
  }
  if (open !== state || input.value.trim() !== q) return;
  const count = offers.length;
  Object.assign(state, { offers, at: -1 });
  input.removeAttribute("aria-activedescendant");
  input.setAttribute("aria-expanded", String(count > 0));
  list.replaceChildren(...offers.map((offer, at) => item(offer, at, list.id)));
  list.hidden = !count;
  say(count === 1 ? "1 page found" : `${count || "No"} ${kind}s found`);
}

function move(state, by) {
  const items = state.list.children;
  items[state.at]?.removeAttribute("aria-selected");
  state.at = state.at < 0 && by < 0 ? items.length - 1 : (state.at + by + items.length) % items.length;
  const at = items[state.at];
  at.setAttribute("aria-selected", "true");
  at.scrollIntoView({ block: "nearest" });
  state.input.setAttribute("aria-activedescendant", at.id);
}

function choose({ input, offers }, at) {
  const { title, page } = offers[at];
  const name = `${input.name}.id`;
  let kept = input.form.elements.namedItem(name);
  if (!kept) {
    kept = Object.assign(document.createElement("input"), { type: "hidden", name });
    input.after(kept);
  }
  input.value = title;
  kept.value = page;
  close();
  input.dispatchEvent(new Event("change", { bubbles: true }));
  say(`${title} chosen`);
}

// Done before anything is typed: a field that is moved loses the syllable in it.
function ready(root) {
  for (const input of root.querySelectorAll("input[data-pick]:not([role])")) {
    const box = document.createElement("div");
    box.className = "pick";
    input.replaceWith(box);
    box.append(input);
    for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-expanded", "false"]]) input.setAttribute(name, value);
  }
}

ready(document);
document.addEventListener("change", (event) => ready(event.target));

document.addEventListener("input", ({ target }) => {
  if (!target.matches("[data-pick]")) return;
  const state = begin(target);
  clearTimeout(state.timer);
  state.timer = setTimeout(ask, 150, state);
});

document.addEventListener("keydown", (event) => {
  const { target, key } = event;
  if (!target.matches("[data-pick]") || event.isComposing) return;
  const state = open?.input === target ? open : null;
  if (key === "ArrowDown" || key === "ArrowUp") {
    if (state?.offers.length) move(state, key === "ArrowDown" ? 1 : -1);
    else ask(begin(target));
  } else if (key === "Enter" && state?.at >= 0) choose(state, state.at);
  else if (key === "Escape" && state) close();
  else return;
  event.preventDefault();
});

document.addEventListener("pointerdown", (event) => {
  const made = event.target.closest(".pick-list li");
  if (!made) return;
  event.preventDefault();
  choose(open, [...open.list.children].indexOf(made));
});

document.addEventListener("focusout", ({ target }) => {
  if (target === open?.input) close();
});
