// What is typed into the editor is kept as one types: on the server for members, in this browser where the server has not said yes.
// Without this file there is the button "Save draft", and every refused save keeps one.

const form = document.querySelector("form.editor[data-drafts]");
const state = form?.querySelector(".draft-state");
const key = `yeoun-draft:${location.pathname.replace(/\/edit$/, "")}`;
const pause = 4000;
let timer = 0;
let sending = false;
let changed = false;

// Whoever logs in here does not leave name and password behind.
function fields() {
  const apart = ["token", "_login", "_password"];
  return [...new FormData(form)].filter(([name, value]) => !apart.includes(name) && typeof value === "string");
}

function keepHere() {
  try {
    localStorage.setItem(key, JSON.stringify({ at: Date.now(), fields: fields() }));
    return true;
  } catch {
    return false;
  }
}

function forgetHere() {
  try { localStorage.removeItem(key); } catch { /* Nothing was kept then. */ }
}

function tell(words) {
  state.textContent = words;
}

// The server's answer is the time it kept the draft; anything else is no yes.
async function keepThere() {
  const body = new URLSearchParams([...new FormData(form)].filter(([, value]) => typeof value === "string"));
  body.set("_op", "draft");
  body.set("_quiet", "yes");
  const answer = await fetch(form.action, { method: "POST", body, redirect: "error" });
  const words = await answer.text();
  if (!answer.ok || !/^\d\d:\d\d$/.test(words)) throw new Error(String(answer.status));
  return words;
}

async function keep() {
  if (sending || !changed) return;
  changed = false;
  if (form.dataset.drafts === "kept") {
    sending = true;
    try {
      tell(`Draft saved ${await keepThere()} UTC`);
      forgetHere();
      return;
    } catch {
      // Below: in this browser, then.
    } finally {
      sending = false;
    }
  }
  tell(keepHere() ? "Not saved yet; a copy is kept in this browser" : "Not saved yet");
}

function soon() {
  changed = true;
  clearTimeout(timer);
  timer = setTimeout(keep, pause);
}

// What this browser kept is put back by sending it through the form, so that rows come back as well.
function putBack(kept) {
  const again = document.createElement("form");
  Object.assign(again, { method: "post", action: form.action, hidden: true });
  const token = form.elements.namedItem("token")?.value ?? "";
  for (const [name, value] of [["token", token], ...kept.fields, ["_op", "back"]]) {
    const field = document.createElement("textarea");
    Object.assign(field, { name, value });
    again.append(field);
  }
  document.body.append(again);
  again.submit();
}

function button(words, deed) {
  const made = document.createElement("button");
  Object.assign(made, { type: "button", className: "button", textContent: words });
  made.addEventListener("click", deed);
  return made;
}

function offer() {
  let kept = null;
  try { kept = JSON.parse(localStorage.getItem(key) ?? "null"); } catch { /* Not ours, or not readable. */ }
  if (!Array.isArray(kept?.fields) || JSON.stringify(kept.fields) === JSON.stringify(fields())) return;
  const box = document.createElement("section");
  box.className = "notice notice-warn offer";
  box.setAttribute("aria-label", "A copy in this browser");
  const words = document.createElement("p");
  words.textContent = `This browser kept what you typed here on ${new Date(kept.at).toLocaleString("en-GB")} and it was not saved.`;
  const buttons = document.createElement("p");
  buttons.className = "form-buttons";
  buttons.append(
    button("Put it back", () => putBack(kept)),
    " ",
    button("Throw it away", () => { forgetHere(); box.remove(); }),
  );
  box.append(words, buttons);
  form.before(box);
}

if (form && state) {
  form.addEventListener("input", soon);
  form.addEventListener("change", soon);
  // A save that never arrives leaves a copy here; the page that says "Saved" takes it away.
  form.addEventListener("submit", () => { clearTimeout(timer); keepHere(); });
  addEventListener("pagehide", () => { if (changed) keepHere(); });
  // The page says that the server has it.
  if (state.querySelector("time")) forgetHere();
  if (!document.getElementById("faults") && !document.querySelector(".notice[role=alert]")) offer();
}

// Whoever is told of faults begins there.
document.getElementById("faults")?.focus();
