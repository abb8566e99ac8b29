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

const figure = document.querySelector("td.target-cell");
const row = document.querySelector("tr.target, td.target");
(figure ?? row)?.scrollIntoView({ block: "center", inline: figure ? "center" : "nearest" });
