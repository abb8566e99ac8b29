// Suggestions under the search box: a combobox with a list (ARIA 1.2).  Without this script the
// box is a plain one and nothing is lost.
const WAIT_MS = 80;
const KEPT = 200;

function element(tag, className, text = "") {
  const made = document.createElement(tag);
  made.className = className;
  made.textContent = text;
  return made;
}

class Suggestions {
  constructor(form, input, number) {
    this.form = form;
    this.input = input;
    this.address = new URL("suggest.json", form.action);
    this.known = new Map();
    this.found = [];
    this.active = -1;
    this.list = element("ul", "suggestions");
    this.list.id = `suggestions-${number}`;
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", "建议");
    this.list.hidden = true;
    this.told = element("span", "hidden");
    this.told.setAttribute("aria-live", "polite");
    form.append(this.list, this.told);
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-controls", this.list.id);
    input.setAttribute("aria-expanded", "false");
    this.listen();
  }

  listen() {
    this.input.addEventListener("input", (event) => event.isComposing || this.later());
    this.input.addEventListener("compositionend", () => this.later());
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.input.addEventListener("blur", () => this.close());
    this.form.addEventListener("submit", () => this.close());
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) this.choose([...this.list.children].indexOf(option));
    });
  }

  later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(this.input.value), WAIT_MS);
  }

  async ask(typed) {
    this.asking?.abort();
    if (!typed.trim()) return this.close();
    if (!this.known.has(typed)) {
      this.asking = new AbortController();
      this.address.search = new URLSearchParams({ q: typed });
      try {
        const answer = await fetch(this.address, { signal: this.asking.signal });
        if (!answer.ok) return this.close();
        if (this.known.size >= KEPT) this.known.clear();
        this.known.set(typed, (await answer.json()).suggestions);
      } catch {
        return;  // aborted for a later one, or offline: the box works without
      }
    }
    if (this.input.value === typed && document.activeElement === this.input) {
      this.show(this.known.get(typed));
    }
  }

  show(found) {
    this.close();
    if (!found.length) return;
    this.found = found;
    this.list.replaceChildren(...found.map((one, index) => this.option(one, index)));
    this.list.hidden = false;
    this.input.setAttribute("aria-expanded", "true");
    this.told.textContent = `${found.length} 条建议，用上下键选择`;
  }

  option(one, index) {
    const option = element("li", "suggestion");
    option.id = `${this.list.id}-${index}`;
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", "false");
    option.append(element("span", "text", one.text));
    if (one.code) option.append(element("span", "count", one.code));
    option.append(element("span", "kind", one.kind_name));
    return option;
  }

  close() {
    clearTimeout(this.timer);
    this.asking?.abort();  // an answer on its way would open the list again
    this.found = [];
    this.active = -1;
    this.list.hidden = true;
    this.list.replaceChildren();
    this.told.textContent = "";
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }

  key(event) {
    if (event.isComposing) return;
    const open = this.found.length > 0;
    if (event.key === "ArrowDown" && !open) this.ask(this.input.value);
    else if (!open) return;
    else if (event.key === "ArrowDown") this.move(1);
    else if (event.key === "ArrowUp") this.move(-1);
    else if (event.key === "Escape") this.close();
    else if (event.key === "Enter" && this.active >= 0) this.choose(this.active);
    else return;
    event.preventDefault();
  }

  // One place of the round is the box itself, so that what was typed is never lost.
  move(step) {
    const places = this.found.length + 1;
    this.active = ((this.active + 1 + step + places) % places) - 1;
    for (const [index, option] of [...this.list.children].entries()) {
      option.setAttribute("aria-selected", String(index === this.active));
    }
    const option = this.list.children[this.active];
    option?.scrollIntoView({ block: "nearest" });
    if (option) this.input.setAttribute("aria-activedescendant", option.id);
    else this.input.removeAttribute("aria-activedescendant");
  }

  choose(index) {
    this.input.value = this.found[index].query;
    this.form.requestSubmit();
  }
}

for (const [number, form] of document.querySelectorAll("form.search").entries()) {
  const input = form.querySelector("input[name=q]");
  if (input) new Suggestions(form, input, number);
}
