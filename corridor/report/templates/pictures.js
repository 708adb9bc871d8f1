"use strict";
// The button of each figure that saves it as a picture: the address in the page holds the whole of it.
for (const button of document.querySelectorAll(".save-picture")) {
  button.hidden = false;
  button.addEventListener("click", () => {
    const link = document.createElement("a");
    link.href = button.closest("figure").querySelector("img").src.split("#")[0];
    link.download = button.dataset.name;
    link.click();
  });
}
