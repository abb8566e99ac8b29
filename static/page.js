// Adds what needs a script to pages that work without one: copying a permalink, and bringing
// a linked figure into view inside a wide table.
for (const button of document.querySelectorAll("button[data-copy]")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    const field = document.getElementById(button.dataset.copy);
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
    } catch {
      document.execCommand("copy");
    }
    button.textContent = "已复制";
  });
}

// A linked figure is told first and shown in its table by a link; the table stands ready at it.
const figure = document.querySelector("td.target-cell");
const wide = figure?.closest(".scroll");
if (wide) {
  wide.scrollLeft = figure.offsetLeft - (wide.clientWidth - figure.clientWidth) / 2;
}
const first = document.querySelector(".outlined.target, .located") ?? document.querySelector("tr.target");
first?.scrollIntoView({ block: first.matches(".located") ? "start" : "center", inline: "center" });
