// Comfort only. Every page works the same without this file.

const live = document.createElement("p");
live.className = "vh";
live.setAttribute("role", "status");

export function say(words) {
  if (!live.isConnected) document.body.append(live);
  live.textContent = "";
  requestAnimationFrame(() => { live.textContent = words; });
}

// Cue sheets: a button beside each time copies its permanent address.
function copyLinks() {
  if (!navigator.clipboard) return;
  for (const cue of document.querySelectorAll(".cue[id]")) {
    const time = cue.querySelector(".cue-time time");
    if (!time) continue;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "cue-copy";
    button.textContent = "Copy";
    button.setAttribute("aria-label", `Copy the link to ${time.textContent}`);
    button.addEventListener("click", async () => {
      const url = new URL(`#${cue.id}`, location.href);
      url.search = "";
      try {
        await navigator.clipboard.writeText(url.href);
        button.textContent = "Copied";
        say(`Link to ${time.textContent} copied`);
        setTimeout(() => { button.textContent = "Copy"; }, 2000);
      } catch {
        location.hash = cue.id;
        say("The link is in the address bar");
      }
    });
    cue.append(button);
  }
}

// A link into a closed spoiler opens it, because the reader asked for that line.
function openTarget() {
  if (location.hash.length < 2) return;
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const closed = target?.closest("details:not([open])");
  if (!closed) return;
  closed.open = true;
  target.scrollIntoView();
}

// The theme changes at once; the server remembers it for the next page.
function themeForm() {
  const form = document.querySelector("form.theme");
  form?.addEventListener("submit", async (event) => {
    const choice = event.submitter;
    if (!choice) return;
    event.preventDefault();
    const body = new URLSearchParams(new FormData(form));
    body.set(choice.name, choice.value);
    try {
      const answer = await fetch(form.action, { method: "POST", body, redirect: "manual" });
      if (!answer.ok && answer.type !== "opaqueredirect") throw new Error(String(answer.status));
    } catch {
      const field = document.createElement("input");
      Object.assign(field, { type: "hidden", name: choice.name, value: choice.value });
      form.append(field);
      form.submit();
      return;
    }
    if (choice.value === "auto") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = choice.value;
    for (const button of form.querySelectorAll("button")) button.setAttribute("aria-pressed", String(button === choice));
    say(`Appearance: ${choice.textContent}`);
  });
}

// A page that was just saved needs no copy of what was typed.
function forgetTyped() {
  if (!new URLSearchParams(location.search).has("saved")) return;
  try { localStorage.removeItem(`yeoun-draft:${location.pathname}`); } catch { /* Nothing is kept then. */ }
}

copyLinks();
forgetTyped();
openTarget();
addEventListener("hashchange", openTarget);
themeForm();
