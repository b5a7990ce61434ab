// A photograph is made small before it is sent: it goes in seconds on a poor line, is not too large for the server, and where it
// was taken stays on the telephone. What cannot be drawn here goes as it is and is looked at there; what is too heavy for one
// form is not sent at all, for then everything else of the form would be refused with it.
const SIDE = 1600;
const SMALL = 600_000; // bytes: these go as they are
const MOST = 15 * 1048576; // of one
const ALL = 19 * 1048576; // of a form

async function made(file) {
  if (file.size < SMALL) return file;
  try {
    const picture = await createImageBitmap(file);
    const scale = Math.min(1, SIDE / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    picture.close();
    const drawn = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.85));
    return drawn && drawn.size < file.size ? new File([drawn], "anh.jpg", { type: "image/jpeg" }) : file;
  } catch {
    return file;
  }
}

async function take(input, told) {
  told.textContent = "Đang thu nhỏ ảnh…";
  const held = new DataTransfer();
  let all = 0;
  let left = 0;
  for (const file of input.files) {
    const one = await made(file);
    if (one.size > MOST || all + one.size > ALL) left += 1;
    else {
      all += one.size;
      held.items.add(one);
    }
  }
  input.files = held.files;
  const words = `${left} ảnh nặng quá (nhiều nhất 15 MB) nên không gửi. Bà con vui lòng chọn ảnh nhỏ hơn, hoặc đi tiếp; việc vẫn được nhận như thường.`;
  told.textContent = left ? words : "";
}

for (const input of document.querySelectorAll("input[type=file][data-photos]")) {
  const told = document.getElementById(input.dataset.photos);
  let work = null;
  input.addEventListener("change", () => {
    const mine = take(input, told).finally(() => {
      if (work === mine) work = null;
    });
    work = mine;
  });
  input.form.addEventListener("submit", async (event) => {
    if (!work) return;
    event.preventDefault();
    await work;
    input.form.requestSubmit(event.submitter);
  });
}
