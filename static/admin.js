// The keeper's page: shows how much of an upload is sent, then how far the ingest is.
const form = document.querySelector(".admin-upload");
const sending = document.querySelector(".admin-sending");

function told(text) {
  sending.hidden = false;
  sending.querySelector("span").textContent = text;
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
  const request = new XMLHttpRequest();
  request.upload.addEventListener("progress", (sent) => {
    if (!sent.lengthComputable) return;
    bar.value = (100 * sent.loaded) / sent.total;
    told(bar.value < 100 ? `已上传 ${Math.floor(bar.value)} %` : "已上传，等待收录");
  });
  request.addEventListener("load", () => {
    if (request.status < 400) location.reload();
    else told(new DOMParser().parseFromString(request.responseText, "text/html").querySelector("h1")?.textContent ?? "上传没有成功。");
    button.disabled = false;
  });
  request.addEventListener("error", () => {
    told("上传中断，请检查网络后再试。");
    button.disabled = false;
  });
  const button = form.querySelector("button");
  button.disabled = true;
  told("正在上传");
  request.open("POST", form.action);
  request.send(new FormData(form));
});

const progress = document.querySelector("[data-progress]");

async function follow() {
  const answer = await fetch(progress.dataset.progress);
  if (!answer.ok || answer.redirected) return;
  const state = await answer.json();
  if (!state.running) {
    location.reload();
    return;
  }
  progress.querySelector("[data-done]").textContent = state.done;
  progress.querySelector("[data-total]").textContent = state.total;
  progress.querySelector("[data-note]").textContent = state.note;
  const bar = progress.querySelector("progress");
  bar.max = Math.max(state.total, 1);
  bar.value = state.done;
  setTimeout(follow, 1000);
}

if (progress && !progress.hidden) setTimeout(follow, 1000);
