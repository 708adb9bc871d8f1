"use strict";
// The interactive map. Without WebGL, or on paper, the static map of the page stays in its place.
(function () {
  const WATER = "#d5e3ec", LAND = "#efece5", LAND_OF_TRIP = "#fbf9f4", INK = "#1c2733", CLOSED = "#b3261e";
  // The picture of an arrowhead: `lane` of its pixels are the width of a lane. MapLibre moves it 25/24 as far off a line as asked.
  const ARROW = { lane: 4, side: 20, spacing: 200, sharpness: 4, asked: 24 / 25 };
  const GROUPS = { all: () => true, closed: (option) => !option.isOpen };
  const data = JSON.parse(document.getElementById("map-data").textContent);
  const background = JSON.parse(document.getElementById("map-background").textContent);
  const scale = window.innerWidth < 600 ? 0.7 : 1;
  const thin = Math.max(data.laneScale, 0.75);
  const marks = [];
  let map, names, popup, postOfPopup, inLanes;

  function element(tag, className, text) {
    const node = document.createElement(tag);
    node.className = className;
    if (text !== undefined) node.textContent = text;
    return node;
  }

  function feature(type, coordinates, properties) {
    return { type: "Feature", properties: properties || {}, geometry: { type, coordinates } };
  }

  function collection(features) {
    return { type: "geojson", data: { type: "FeatureCollection", features } };
  }

  function hasWebGL() {
    try {
      const canvas = document.createElement("canvas");
      return Boolean(canvas.getContext("webgl2") || canvas.getContext("webgl"));
    } catch (error) {
      return false;
    }
  }

  function byZoom(atThree, atEight) {
    return ["interpolate", ["linear"], ["zoom"], 3, atThree, 8, atEight];
  }

  // Pixels at a zoom, times a share of the width of a lane.
  function lanes(share) {
    return byZoom(["*", share, 3.2 * thin], ["*", share, 5.4 * thin]);
  }

  function groundStyle() {
    const inTrip = ["in", ["get", "iso3"], ["literal", data.countries]];
    const isKind = (kind) => ["==", ["get", "kind"], kind];
    return {
      version: 8,
      sources: {
        ground: { type: "geojson", data: background },
        roads: collection(data.roads.map(({ lines, color, width }) => feature("MultiLineString", lines, { color, width }))),
      },
      layers: [
        { id: "water", type: "background", paint: { "background-color": WATER } },
        { id: "land", type: "fill", source: "ground", filter: isKind("land"),
          paint: { "fill-color": ["case", inTrip, LAND_OF_TRIP, LAND], "fill-outline-color": "#a9bfcc" } },
        { id: "borders", type: "line", source: "ground", filter: isKind("border"),
          paint: { "line-color": "#b3aa9a", "line-width": byZoom(0.7, 1.4) } },
        { id: "undisputed", type: "line", source: "ground", filter: isKind("disputed"),
          paint: { "line-color": LAND_OF_TRIP, "line-width": byZoom(1.4, 2.4) } },
        { id: "disputed", type: "line", source: "ground", filter: isKind("disputed"),
          paint: { "line-color": "#a29984", "line-width": byZoom(0.8, 1.5), "line-dasharray": [3, 2] } },
        { id: "roads", type: "line", source: "roads",
          paint: { "line-color": ["get", "color"], "line-width": byZoom(["*", 0.5, ["get", "width"]], ["*", 1.6, ["get", "width"]]) } },
      ],
    };
  }

  function addOption(option) {
    const source = "option-" + option.label;
    const width = option.isOpen ? byZoom(2.8 * thin, 5 * thin) : byZoom(2.2 * thin, 3.6 * thin);
    const offset = lanes(["get", "lane"]);
    const layout = { "line-cap": option.dash.length ? "butt" : "round", "line-join": "round" };
    const edge = { "line-color": "#fff", "line-width": byZoom(2.8 * thin + 1.6, 5 * thin + 2.2), "line-offset": offset };
    const paint = { "line-color": option.color, "line-width": width, "line-offset": offset };
    if (option.dash.length) paint["line-dasharray"] = option.dash;
    map.addSource(source, collection([]));
    map.addLayer({ id: source + "-edge", type: "line", source, layout: { "line-cap": "round", "line-join": "round" }, paint: edge });
    map.addLayer({ id: source, type: "line", source, layout, paint, filter: ["!", ["get", "sea"]] });
    if (option.pieces.some((piece) => piece.sea)) {
      const dashed = Object.assign({}, paint, { "line-dasharray": data.seaDash });
      map.addLayer({ id: source + "-sea", type: "line", source, layout: { "line-cap": "butt" }, paint: dashed, filter: ["get", "sea"] });
    }
    const letter = element("div", "map-letter", option.label);
    letter.style.background = option.color;
    letter.style.color = option.ink;
    addMark(letter, option.letter, () => isShown(option.label));
  }

  // Options that share a road lie side by side in their order; those that are hidden leave no gap.
  function laneOf(option, piece) {
    const labels = data.options.map(({ label }) => label);
    const shown = piece.beside.filter(isShown);
    return shown.filter((label) => labels.indexOf(label) < labels.indexOf(option.label)).length - shown.length / 2;
  }

  function layIntoLanes() {
    const shown = data.options.map(({ label }) => label).filter(isShown).join();
    if (shown === inLanes) return;
    inLanes = shown;
    for (const option of data.options) {
      const pieces = option.pieces.map((piece) => {
        const lane = laneOf(option, piece);
        return feature("LineString", piece.line, { lane, sea: piece.sea, across: [0, lane * ARROW.lane * ARROW.asked] });
      });
      map.getSource("option-" + option.label).setData(collection(pieces).data);
    }
  }

  // An arrowhead in a colour, pointing to the right, with a light edge.
  function arrowhead(color) {
    const canvas = element("canvas", "");
    canvas.width = canvas.height = ARROW.side * ARROW.sharpness;
    const pen = canvas.getContext("2d");
    pen.scale(ARROW.sharpness, ARROW.sharpness);
    pen.translate(ARROW.side / 2, ARROW.side / 2);
    pen.lineJoin = "round";
    pen.lineWidth = 3;
    pen.strokeStyle = "#fff";
    pen.fillStyle = color;
    const head = new Path2D("M-6-6 6 0-6 6-3 0z");
    pen.stroke(head);
    pen.fill(head);
    return pen.getImageData(0, 0, canvas.width, canvas.height);
  }

  // Where options run side by side, there is room for the arrowhead of one: of the best that is shown.
  function addDirection(option) {
    const id = "option-" + option.label + "-direction";
    map.addImage(id, arrowhead(option.color), { pixelRatio: ARROW.sharpness });
    map.addLayer({ id, type: "symbol", source: "option-" + option.label, layout: {
      "symbol-placement": "line", "symbol-spacing": ARROW.spacing, "icon-image": id, "icon-padding": 3,
      "icon-size": lanes(1 / ARROW.lane), "icon-offset": ["array", "number", 2, ["get", "across"]] } });
  }

  function addPosts() {
    const circles = data.posts.map((post) => feature("Point", post.at, { id: post.id, hours: post.hours, closed: post.closed !== "" }));
    const radius = ["*", scale, ["+", 3, ["*", 0.95, ["sqrt", ["get", "hours"]]]]];
    map.addSource("posts", collection(circles));
    map.addLayer({ id: "posts", type: "circle", source: "posts", paint: {
      "circle-radius": radius, "circle-color": "#fff", "circle-opacity": 0.88,
      "circle-stroke-width": 1.6, "circle-stroke-color": ["case", ["get", "closed"], CLOSED, INK] } });
    map.on("click", "posts", (event) => {
      openPopup(data.posts.find((post) => post.id === event.features[0].properties.id), map.getCanvas());
    });
    map.on("mouseenter", "posts", () => { map.getCanvas().style.cursor = "pointer"; });
    map.on("mouseleave", "posts", () => { map.getCanvas().style.cursor = ""; });
    for (const post of data.posts) addPostName(post);
  }

  function postRadius(hours) {
    return scale * (3 + 0.95 * Math.sqrt(hours));
  }

  function addPostName(post) {
    const hours = post.hours >= 0.5 ? Math.round(post.hours) : "<1";
    const label = element("button", "name" + (post.closed ? " name-closed" : ""));
    label.append(element("bdi", "", post.name), " " + hours + " h" + (post.closed ? ", closed" : ""));
    label.type = "button";
    label.addEventListener("click", (event) => { event.stopPropagation(); openPopup(post, label); });
    addName(label, post.at, postRadius(post.hours), () => isPostShown(post));
    if (post.closed) addMark(element("div", "cross", "✕"), post.at, () => isPostShown(post));
  }

  // Escape closes it; the focus then goes back to where it was opened from.
  function openPopup(post, opener) {
    const body = element("div", "");
    body.appendChild(element("h3", "", post.title));
    const list = element("dl", "");
    const lines = post.closed ? [["Closed", post.closed]].concat(post.lines) : post.lines;
    for (const [term, text] of lines) {
      list.appendChild(element("dt", "", term));
      list.appendChild(element("dd", "", text));
    }
    body.appendChild(list);
    if (popup) popup.remove();
    popup = new maplibregl.Popup({ maxWidth: "320px", offset: 8 }).setLngLat(post.at).setDOMContent(body).addTo(map);
    popup.getElement().setAttribute("role", "dialog");
    popup.getElement().setAttribute("aria-label", post.title);
    popup.on("close", () => focusAgain(opener));
    postOfPopup = post;
  }

  function focusAgain(opener) {
    if (document.activeElement !== document.body) return;
    const isShown = getComputedStyle(opener).visibility === "visible";
    (isShown ? opener : map.getCanvas()).focus({ preventScroll: true });
  }

  function addPlaces() {
    const isWanted = () => isOn("places");
    for (const place of data.places) {
      const always = place.isEnd ? () => true : isWanted;
      addMark(element("div", place.isEnd ? "end-mark" : "place-mark"), place.at, always);
      addName(element("div", "name " + (place.isEnd ? "name-end" : "name-place"), place.name), place.at, place.isEnd ? 8 : 2, always);
    }
    for (const { properties } of background.features) {
      const name = data.countryNames[properties.iso3];
      if (name) addName(element("div", "name name-country", name), properties.label, null, isWanted);
    }
  }

  // A button says its own text to a screen reader; all else on the map is in the tables as well, and stays silent.
  function addMarker(node, at) {
    const marker = new maplibregl.Marker({ element: node }).setLngLat(at).addTo(map);
    node.removeAttribute("aria-label");
    if (node.tagName !== "BUTTON") node.setAttribute("aria-hidden", "true");
    return marker;
  }

  function addMark(node, at, isWanted) {
    addMarker(node, at);
    marks.push({ node, isWanted });
  }

  // A name beside its mark; `radius` null puts it onto the place.
  function addName(label, at, radius, isWanted) {
    names.add(label, addMarker(label, at), at, radius, isWanted);
  }

  // Where the marks that are shown stand, and how wide each is: no name may cover them.
  function marksOnMap() {
    const letterMarks = data.options.filter((option) => isShown(option.label)).map((option) => [option.letter, scale < 1 ? 17 : 22]);
    const circles = data.posts.filter(isPostShown).map((post) => [post.at, 2 * postRadius(post.hours)]);
    const ends = data.places.filter((place) => place.isEnd).map((place) => [place.at, 15]);
    return letterMarks.concat(circles, ends);
  }

  function isShown(label) {
    return document.querySelector('input[data-option="' + label + '"]').checked;
  }

  function isOn(layer) {
    return document.querySelector('input[data-layer="' + layer + '"]').checked;
  }

  function isPostShown(post) {
    return isOn("posts") && post.options.some(isShown);
  }

  function showLayer(id, isVisible) {
    if (map.getLayer(id)) map.setLayoutProperty(id, "visibility", isVisible ? "visible" : "none");
  }

  function applyToggles() {
    layIntoLanes();
    for (const { label } of data.options) {
      for (const part of ["", "-edge", "-sea"]) showLayer("option-" + label + part, isShown(label));
      showLayer("option-" + label + "-direction", isShown(label) && isOn("direction"));
    }
    showLayer("roads", isOn("roads"));
    map.setFilter("posts", ["in", ["get", "id"], ["literal", data.posts.filter(isPostShown).map((post) => post.id)]]);
    for (const { node, isWanted } of marks) node.style.visibility = isWanted() ? "visible" : "hidden";
    if (popup && !isPostShown(postOfPopup)) popup.remove();
    names.arrange();
  }

  function boxesOf(group) {
    return data.options.filter(GROUPS[group]).map(({ label }) => document.querySelector('input[data-option="' + label + '"]'));
  }

  // The box of a group says whether all, some or none of its options are shown.
  function followBoxes() {
    for (const box of document.querySelectorAll("input[data-group]")) {
      const shown = boxesOf(box.dataset.group).map((each) => each.checked);
      box.checked = shown.every(Boolean);
      box.indeterminate = !box.checked && shown.some(Boolean);
    }
  }

  function listenToToggles() {
    document.querySelector(".controls").addEventListener("change", ({ target }) => {
      if (target.dataset.group) for (const box of boxesOf(target.dataset.group)) box.checked = target.checked;
      followBoxes();
      applyToggles();
    });
    followBoxes();
    applyToggles();
  }

  function fill() {
    for (const option of data.options.slice().reverse()) addOption(option);
    for (const option of data.options.slice().reverse()) addDirection(option);
    addPosts();
    addPlaces();
    names.sort();
    map.on("move", names.arrange);
    document.addEventListener("languagechosen", names.measure);
    map.once("idle", () => { document.getElementById("map").dataset.drawn = "yes"; });
    listenToToggles();
  }

  function start() {
    document.documentElement.classList.add("has-map");
    const box = document.getElementById("map");
    map = new maplibregl.Map({
      container: "map", style: groundStyle(), bounds: data.bounds, fitBoundsOptions: { padding: box.clientWidth < 600 ? 26 : 50 },
      attributionControl: false, cooperativeGestures: true, renderWorldCopies: false, minZoom: 1.5, maxZoom: 9,
      dragRotate: false, pitchWithRotate: false,
      locale: { "Map.Title": "Map of the options: arrow keys move it, plus and minus zoom" },
    });
    box.addEventListener("keydown", (event) => { if (event.key === "Escape" && popup) popup.remove(); });
    map.touchZoomRotate.disableRotation();
    map.addControl(new maplibregl.NavigationControl({ showCompass: false }), "top-right");
    map.addControl(new maplibregl.ScaleControl({ maxWidth: 120 }), box.clientWidth < 600 ? "top-left" : "bottom-left");
    map.addControl(new maplibregl.AttributionControl({ compact: false, customAttribution: data.attribution }));
    names = window.corridorMapNames(map, marksOnMap);
    map.on("load", fill);
    window.corridorMap = map;
  }

  if (!hasWebGL()) return;
  try {
    start();
  } catch (error) {
    document.documentElement.classList.remove("has-map");
    document.getElementById("map").replaceChildren();
  }
})();
