// Pictures of a listing, close up: <div data-zoom> of links to large pictures becomes a <dialog> with next and previous.
export function wireZoom(root) {
  for (const gallery of root.querySelectorAll("[data-zoom]:not([data-wired])")) {
    gallery.dataset.wired = "";
    wireGallery(gallery);
  }
}

function wireGallery(gallery) {
  const links = [...gallery.querySelectorAll("a")];
  let dialog, image, at;

  const button = (name, label, action) => {
    const made = document.createElement("button");
    made.type = "button";
    made.className = `zoom__button zoom__button--${name}`;
    made.setAttribute("aria-label", label);
    made.addEventListener("click", action);
    return made;
  };

  const show = (index) => {
    at = (index + links.length) % links.length;
    image.src = links[at].href;
    image.alt = links[at].querySelector("img").alt;
  };

  const build = () => {
    dialog = document.createElement("dialog");
    dialog.className = "zoom";
    image = document.createElement("img");
    image.className = "zoom__picture";
    const near = button("near", gallery.dataset.near, () => nearer());
    const nearer = (wanted = !dialog.classList.contains("zoom--near")) => {
      dialog.classList.toggle("zoom--near", wanted);
      near.setAttribute("aria-pressed", String(wanted));
      dialog.scrollTo((dialog.scrollWidth - dialog.clientWidth) / 2, (dialog.scrollHeight - dialog.clientHeight) / 2);
    };
    nearer(false);
    image.addEventListener("click", () => nearer());
    dialog.append(image, button("close", gallery.dataset.close, () => dialog.close()), near);
    if (links.length > 1) {
      dialog.append(button("previous", gallery.dataset.previous, () => show(at - 1)));
      dialog.append(button("next", gallery.dataset.next, () => show(at + 1)));
    }
    dialog.addEventListener("click", (event) => {
      if (event.target === dialog) dialog.close();
    });
    dialog.addEventListener("keydown", (event) => {
      if (event.key === "ArrowRight") show(at + 1);
      if (event.key === "ArrowLeft") show(at - 1);
    });
    dialog.addEventListener("close", () => {
      nearer(false);
      links[at].focus();
    });
    document.body.append(dialog);
  };

  links.forEach((link, index) =>
    link.addEventListener("click", (event) => {
      if (event.metaKey || event.ctrlKey || event.shiftKey) return;
      event.preventDefault();
      if (!dialog) build();
      show(index);
      dialog.setAttribute("aria-label", image.alt);
      dialog.showModal();
    }),
  );
}
