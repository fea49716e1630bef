// The utilities that pages use, written out: a preview without JavaScript cannot make them from the page.
const SCREENS = ["sm", "md", "lg", "xl"];
const COLOURS = "(inherit|current|transparent|black|white|(slate|gray|zinc|neutral|stone|red|orange|amber|yellow|lime|green|emerald|teal|cyan|sky|blue|indigo|violet|purple|fuchsia|pink|rose)-\\d+)";
const LAYOUT = [
  "container", "block", "inline-block", "inline", "flex", "inline-flex", "grid", "inline-grid", "hidden", "table", "contents",
  "static", "fixed", "absolute", "relative", "sticky", "flex-.+", "grid-.+", "(col|row)-.+", "order-.+", "(items|justify|content|self|place)-.+",
  "-?m[trblxyse]?-.+", "p[trblxyse]?-.+", "gap-.+", "-?space-[xy]-.+", "(w|h|size|min-w|min-h|max-w|max-h)-.+", "basis-.+", "(grow|shrink)(-0)?",
  "text-(xs|sm|base|lg|\\d?xl)", "text-(left|center|right|justify|start|end)", "leading-.+", "-?(top|right|bottom|left|inset|start|end)-.+", "overflow-.+",
];
const LOOK = [
  "visible", "invisible", "collapse", "sr-only", "isolate", "truncate", "uppercase", "lowercase", "capitalize", "normal-case", "italic", "not-italic",
  "underline", "overline", "line-through", "no-underline", "antialiased", "list-item", "table-.+", "flow-root", "box-.+", "float-.+", "clear-.+", "object-.+",
  "-?z-.+", "aspect-.+", "columns-.+", "break-.+", "whitespace-.+", "hyphens-.+", "text-(ellipsis|clip|wrap|nowrap|balance|pretty)", "indent-.+", "align-.+",
  "font-.+", "tracking-.+", "list-.+", "decoration-(solid|double|dotted|dashed|wavy|auto|\\d)", "underline-offset-.+", "line-clamp-.+", "tabular-nums",
  "rounded.*", "border(-[trblxyse])?(-\\d)?", "border-(solid|dashed|dotted|double|hidden|none|collapse|separate)", "border-spacing-.+", "divide-[xy](-.+)?",
  "divide-(solid|dashed|dotted|none)", "outline(-.+)?", "ring(-\\d)?", "ring-(inset|offset-\\d)", "shadow(-(sm|md|lg|xl|2xl|inner|none))?", "opacity-.+", "mix-blend-.+",
  "blur.*", "backdrop-blur.*", "brightness-.+", "contrast-.+", "grayscale.*", "invert.*", "sepia.*", "saturate-.+", "drop-shadow.*", "filter", "backdrop-filter",
  "bg-(fixed|local|scroll|auto|cover|contain|center|top|right|bottom|left|no-repeat|repeat.*|none|clip-.+|gradient-to-.+)", "transition.*", "duration-.+", "ease-.+", "delay-.+",
  "animate-.+", "transform", "-?(translate-[xy]|rotate|skew-[xy])-.+", "scale-.+", "origin-.+", "cursor-.+", "select-.+", "pointer-events-.+", "resize.*", "appearance-.+",
  "scroll-(auto|smooth)", "snap-.+", "touch-.+", "accent-auto", "fill-none", "stroke-(\\d|none)", "object-.+", "overscroll-.+", "will-change-.+",
];
const one = (parts, variants) => ({ pattern: new RegExp(`^(${parts.join("|")})$`), ...(variants ? { variants } : {}) });
module.exports = {
  content: [],
  darkMode: "media",
  safelist: [
    one(LAYOUT, SCREENS),
    one(LOOK),
    one([`(bg|text|border|from|via|to|ring|divide|placeholder|fill|stroke|accent|decoration|outline|caret|shadow)-${COLOURS}`]),
    one([`border-(t|r|b|l)-${COLOURS}`]),
    one(["(bg|text|border|ring|from|to|divide|placeholder)-(black|white)/\\d+"]),
    one([`bg-${COLOURS}`, `text-${COLOURS}`, `border-${COLOURS}`], ["hover"]),
    one(["underline", "no-underline", "shadow(-(sm|md|lg|xl|2xl|inner|none))?", "opacity-.+", "scale-.+"], ["hover", "focus", "group-hover"]),
    one([`(ring|border)-${COLOURS}`, "ring(-\\d)?", "outline-none"], ["focus"]),
  ],
};
