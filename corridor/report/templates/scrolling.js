"use strict";
// Only what can be scrolled sideways is a stop of the Tab key.
(function () {
  const sizes = new ResizeObserver((entries) => {
    for (const { target } of entries) {
      if (target.scrollWidth > target.clientWidth) target.tabIndex = 0;
      else target.removeAttribute("tabindex");
    }
  });
  for (const node of document.querySelectorAll(".scroll")) sizes.observe(node);
})();
