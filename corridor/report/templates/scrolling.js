"use strict";
// Only what can be scrolled sideways is a stop of the Tab key, also after its words or their language change.
(function () {
  const sizes = new ResizeObserver((entries) => {
    for (const box of new Set(entries.map(({ target }) => target.closest(".scroll")))) {
      if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
      else box.removeAttribute("tabindex");
    }
  });
  for (const node of document.querySelectorAll(".scroll, .scroll > *")) sizes.observe(node);
})();
