// The list of places under a box, while one types. Without this script the page offers them after it was sent.
let last = 0;
for (const box of document.querySelectorAll("input[data-places]"))
  box.addEventListener("input", async () => {
    const mine = ++last;
    await new Promise((wait) => setTimeout(wait, 200));
    if (mine !== last || box.value.trim().length < 2) return;
    const answer = await fetch(`${box.dataset.places}?q=${encodeURIComponent(box.value)}`);
    if (!answer.ok || mine !== last) return;
    const { results } = await answer.json();
    box.list.replaceChildren(...results.map(({ name }) => Object.assign(document.createElement("option"), { value: name })));
  });
