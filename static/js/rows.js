// Rows are added, moved and taken away in place: the form is sent as its buttons send it, and what changed is taken from the answer.
import { say } from "/static/js/site.js";

const SAID = { add: "Row added", up: "Moved up", down: "Moved down", remove: "Row taken away" };

// What was typed while the answer was on its way is newer than the answer.
function keep(now, next) {
  for (const field of now.querySelectorAll("input[name], select[name], textarea[name]")) {
    const twins = [...next.querySelectorAll(`[name="${CSS.escape(field.name)}"]`)];
    const twin = twins.find((other) => other.type !== "checkbox" || other.value === field.value);
    if (!twin) continue;
    if (twin.type === "checkbox") twin.checked = field.checked;
    else twin.value = field.value;
  }
}

// What was opened by hand stays open.
function swap(now, next) {
  for (const row of next.querySelectorAll("details.row")) {
    if (document.getElementById(row.id)?.open) row.open = true;
  }
  now.replaceWith(next);
  next.dispatchEvent(new Event("change", { bubbles: true }));
}

function focusOn(verb, list, key, next) {
  if (verb === "up" || verb === "down") {
    const button = next.querySelector(`button[value="${verb}:${list}:${CSS.escape(key)}"]`);
    button?.focus();
    return;
  }
  if (verb === "add" || verb === "paste") {
    const row = verb === "add" ? [...next.querySelectorAll("details.row")].pop() : next.querySelector(".paste");
    row?.querySelector("input:not([type=hidden]), select, textarea")?.focus();
    return;
  }
  const rows = next.querySelectorAll("details.row > summary");
  (rows[key] ?? rows[rows.length - 1] ?? next.querySelector("button"))?.focus();
}

async function press(form, button) {
  const [verb, list, key] = button.value.split(":");
  const id = verb === "paste" ? "part-credits" : `f-${list}`;
  const place = button.closest("details.row");
  const at = place ? [...place.parentElement.querySelectorAll(":scope > details.row")].indexOf(place) : 0;
  const body = new URLSearchParams(new FormData(form));
  body.set(button.name, button.value);
  const answer = await fetch(form.action, { method: "POST", body });
  if (!answer.ok) throw new Error(String(answer.status));
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const next = page.getElementById(id);
  const now = document.getElementById(id);
  if (!next || !now) throw new Error("no such list");
  if (verb !== "paste") keep(now, next);
  swap(now, next);
  // Other lists choose among the versions.
  if (list === "versions") {
    for (const other of ["f-credits", "f-cues"]) {
      const [mine, theirs] = [document.getElementById(other), page.getElementById(other)];
      if (!mine || !theirs) continue;
      keep(mine, theirs);
      swap(mine, theirs);
    }
  }
  focusOn(verb, list, verb === "remove" ? at : key, next);
  say(verb === "paste" ? next.querySelector(".paste-said")?.textContent ?? "" : SAID[verb]);
}

for (const form of document.querySelectorAll("form.editor")) {
  form.addEventListener("submit", async (event) => {
    const button = event.submitter;
    if (!button || form.dataset.plain || !/^(add|up|down|remove|paste)(:|$)/.test(button.value)) return;
    event.preventDefault();
    if (form.dataset.busy) return;
    form.dataset.busy = "yes";
    try {
      await press(form, button);
    } catch {
      // The long way always works.
      form.dataset.plain = "yes";
      form.requestSubmit(button);
    } finally {
      delete form.dataset.busy;
    }
  });
}
