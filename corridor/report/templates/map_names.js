"use strict";
// Names on the live map, so that they cover neither each other nor the marks.
// marksOnMap gives the marks that are shown: where each stands, and how wide it is in pixels.
window.corridorMapNames = function (map, marksOnMap) {
  const TEXT_HEIGHT = 15;
  const names = [];

  // A name with its marker; `radius` of the mark that it stands beside, null where it stands on the place.
  function add(label, marker, at, radius, isWanted) {
    names.push({ label, marker, at, radius, isWanted, size: null });
  }

  // Where a name may stand, relative to its mark: right, left, above, below.
  function placesFor(name, textHeight) {
    if (name.radius === null) return [[0, 0]];
    const across = name.radius + 2 + name.size[0] / 2, up = name.radius + 1 + textHeight / 2;
    return [[across, 0], [-across, 0], [0, -up], [0, up]];
  }

  function boxAround(x, y, width, height) {
    return [x - width / 2, y - height / 2, x + width / 2, y + height / 2];
  }

  // How many boxes a box covers; more than any where it leaves the map.
  function overlaps(box, taken) {
    const view = map.getContainer();
    if (box[0] < 0 || box[1] < 0 || box[2] > view.clientWidth || box[3] > view.clientHeight) return Infinity;
    return taken.filter((other) => box[0] < other[2] && box[2] > other[0] && box[1] < other[3] && box[3] > other[1]).length;
  }

  // The first names in the list choose first; a name that finds no room is hidden. A button is higher than its text,
  // for fingers: beside marks and other names its text needs room, beside other buttons the whole of it.
  function arrange() {
    const buttons = [];
    const taken = marksOnMap().map(([at, size]) => {
      const point = map.project(at);
      return boxAround(point.x, point.y, size, size);
    });
    for (const name of names) {
      const isButton = name.label.tagName === "BUTTON";
      const wanted = name.isWanted();
      name.size = name.size || [name.label.offsetWidth, name.label.offsetHeight];
      const point = map.project(name.at);
      const boxAt = (shift, height) => boxAround(point.x + shift[0], point.y + shift[1], name.size[0], height);
      const textHeight = isButton ? TEXT_HEIGHT : name.size[1];
      const places = placesFor(name, textHeight);
      const covered = places.map((at) => overlaps(boxAt(at, textHeight), taken) + (isButton ? overlaps(boxAt(at, name.size[1]), buttons) : 0));
      const least = Math.min(...covered);
      const most = name.label.classList.contains("name-end") ? taken.length : 0;
      name.label.style.visibility = wanted && least <= most ? "visible" : "hidden";
      if (!wanted || least > most) continue;
      const shift = places[covered.indexOf(least)];
      name.marker.setOffset(shift);
      taken.push(boxAt(shift, textHeight));
      if (isButton) buttons.push(boxAt(shift, name.size[1]));
    }
  }

  // In another language the names are longer or shorter.
  function measure() {
    for (const name of names) name.size = null;
    arrange();
  }

  function priority(name) {
    return name.label.classList.contains("name-end") ? 0 : name.label.tagName === "BUTTON" ? 1 : 2;
  }

  function sort() {
    names.sort((a, b) => priority(a) - priority(b));
  }

  return { add, sort, arrange, measure };
};
