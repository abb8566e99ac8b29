// Adds what needs a script to pages that work without one: copying a permalink, and bringing
// a linked figure into view inside a wide table.
const SAID_MS = 3000;

for (const button of document.querySelectorAll("button[data-copy]")) {
  const before = button.innerHTML;
  button.hidden = false;
  button.setAttribute("aria-live", "polite");
  button.addEventListener("click", async () => {
    const field = document.getElementById(button.dataset.copy);
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
    } catch {
      document.execCommand("copy");
    }
    button.textContent = "已复制";
    clearTimeout(button.timer);
    button.timer = setTimeout(() => { button.innerHTML = before; }, SAID_MS);
  });
}

// A linked figure is told first and shown in its table by a link; the table stands ready at it.
const figure = document.querySelector(".target-cell")
  ?? document.querySelector(".printed tr.target > .amount:has(a)")
  ?? document.querySelector(".printed tr.target > *");
const first = document.querySelector(".outlined.target, .located, .section.target")
  ?? document.querySelector("tr.target");

function show() {
  const frame = figure?.closest(".scroll");
  if (frame) {
    frame.scrollLeft = figure.offsetLeft - (frame.clientWidth - figure.clientWidth) / 2;
    frame.scrollTop = figure.offsetTop - (frame.clientHeight - figure.clientHeight) / 2;
  }
  // With the head of the page, where both fit on the screen: it says whose figure it is.
  const bottom = first.getBoundingClientRect().bottom + scrollY;
  if (first.matches(".located") && bottom <= innerHeight) {
    scrollTo({ top: 0, behavior: "instant" });
    return;
  }
  const block = first.matches(".outlined, tr") ? "center" : "start";
  first.scrollIntoView({ block, inline: "center", behavior: "instant" });
}

// Not when a reader comes back to where they were; and where the address has a fragment, after
// the browser has gone there, which it does until all is loaded, unless the reader has gone on.
const cameBack = performance.getEntriesByType("navigation")[0]?.type === "back_forward";
if (first && !cameBack) {
  const came = location.hash;
  if (came) addEventListener("load", () => { if (location.hash === came) show(); });
  else show();
}
