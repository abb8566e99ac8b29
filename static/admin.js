// The keeper's page: shows how much of an upload is sent, then how far the ingest is.  What changes
// is renewed in place: a reload would lose the files that a keeper has chosen meanwhile.
const ASK_MS = 1000;
const LIVE = ["messages", "ingest", "taken"];
const form = document.querySelector(".admin-upload");
const sending = document.querySelector(".admin-sending");

function told(text) {
  sending.hidden = false;
  sending.querySelector("span").textContent = text;
}

function parsed(text) {
  return new DOMParser().parseFromString(text, "text/html");
}

// False when the page of the server's is another one: the session has ended.
function renewed(text) {
  const fresh = parsed(text);
  if (LIVE.some((id) => !fresh.getElementById(id))) return false;
  for (const id of LIVE) {
    document.getElementById(id).replaceChildren(...fresh.getElementById(id).childNodes);
  }
  followLater();
  return true;
}

form?.addEventListener("submit", (event) => {
  event.preventDefault();
  const files = [...form.elements.files.files];
  const bytes = files.reduce((sum, file) => sum + file.size, 0);
  if (bytes > Number(form.dataset.most) * 2 ** 20) {
    told(`一次最多上传 ${form.dataset.most} MB，请分几次上传。`);
    return;
  }
  const bar = sending.querySelector("progress");
  const button = form.querySelector("button");
  const request = new XMLHttpRequest();
  request.upload.addEventListener("progress", (sent) => {
    if (!sent.lengthComputable) return;
    bar.value = (100 * sent.loaded) / sent.total;
    told(bar.value < 100 ? `已上传 ${Math.floor(bar.value)} %` : "已上传，等待收录");
  });
  request.addEventListener("load", () => {
    button.disabled = false;
    if (request.status >= 400) {
      told(parsed(request.responseText).querySelector("h1")?.textContent ?? "上传没有成功。");
    } else if (renewed(request.responseText)) {
      form.reset();
      sending.hidden = true;
    } else location.reload();
  });
  request.addEventListener("error", () => {
    told("上传中断，请检查网络后再试。");
    button.disabled = false;
  });
  button.disabled = true;
  told("正在上传");
  request.open("POST", form.action);
  request.send(new FormData(form));
});

let asking;

function followLater() {
  clearTimeout(asking);
  if (document.querySelector("[data-progress]:not([hidden])")) asking = setTimeout(follow, ASK_MS);
}

async function follow() {
  const progress = document.querySelector("[data-progress]");
  try {
    const answer = await fetch(progress.dataset.progress);
    if (!answer.ok || answer.redirected) return;
    const state = await answer.json();
    if (!state.running) {
      renewed(await (await fetch(location.href)).text());
      return;
    }
    progress.querySelector("[data-done]").textContent = state.done;
    progress.querySelector("[data-total]").textContent = state.total;
    progress.querySelector("[data-note]").textContent = state.note;
    const bar = progress.querySelector("progress");
    bar.max = Math.max(state.total, 1);
    bar.value = state.done;
  } catch {
    // the server or the network is away for a moment: asked again below
  }
  followLater();
}

followLater();
