//! Writing shapes: path data and SVG elements, with at most one decimal in any number.

use super::palette::Ink;

/// Path data made of filled outlines, all of them clockwise so that overlaps join instead of cancelling.
#[derive(Default)]
pub(super) struct Path(String);

impl Path {
    /// The text for a `d` attribute.
    pub(super) fn data(&self) -> &str {
        &self.0
    }

    /// Adds the outlines of another path.
    pub(super) fn add(&mut self, other: &Path) {
        self.0.push_str(&other.0);
    }

    fn cmd(&mut self, letter: char, numbers: &[f32]) {
        self.0.push(letter);
        for (at, number) in numbers.iter().enumerate() {
            if at > 0 && *number >= 0.0 {
                self.0.push(' ');
            }
            write_number(&mut self.0, *number);
        }
    }

    /// An upright rectangle.
    pub(super) fn rect(&mut self, x: f32, y: f32, w: f32, h: f32) {
        self.cmd('M', &[x, y]);
        self.cmd('h', &[w]);
        self.cmd('v', &[h]);
        self.cmd('h', &[-w]);
        self.0.push('z');
    }

    /// A slanted stroke whose ends are cut level, `t` thick measured across the stroke; `y0` lies above `y1`.
    pub(super) fn slant(&mut self, (x0, y0): (f32, f32), (x1, y1): (f32, f32), t: f32) {
        let (dx, dy) = (x1 - x0, (y1 - y0).max(0.1));
        // A very flat stroke cut level would become a wide slab; the cap keeps it a stroke.
        let half = (t * dx.hypot(dy) / dy).min(t * 1.5) / 2.0;
        self.poly(&[
            (x0 - half, y0),
            (x0 + half, y0),
            (x1 + half, y1),
            (x1 - half, y1),
        ]);
    }

    /// A closed polygon, given clockwise.
    pub(super) fn poly(&mut self, points: &[(f32, f32)]) {
        for (at, (x, y)) in points.iter().enumerate() {
            self.cmd(if at == 0 { 'M' } else { 'L' }, &[*x, *y]);
        }
        self.0.push('z');
    }

    /// A filled ellipse; `clockwise = false` cuts it out of what lies around it.
    pub(super) fn disc(&mut self, (cx, cy): (f32, f32), rx: f32, ry: f32, clockwise: bool) {
        let sweep = if clockwise { 1.0 } else { 0.0 };
        self.cmd('M', &[cx, cy - ry]);
        self.cmd('a', &[rx, ry, 0.0, 0.0, sweep, 0.0, ry * 2.0]);
        self.cmd('a', &[rx, ry, 0.0, 0.0, sweep, 0.0, -ry * 2.0]);
        self.0.push('z');
    }

    /// An ellipse drawn with a stroke `t` wide around the centre line `rx`, `ry`.
    pub(super) fn ring(&mut self, centre: (f32, f32), rx: f32, ry: f32, t: f32) {
        self.disc(centre, rx + t / 2.0, ry + t / 2.0, true);
        let (ix, iy) = (rx - t / 2.0, ry - t / 2.0);
        if ix > 0.5 && iy > 0.5 {
            self.disc(centre, ix, iy, false);
        }
    }

    /// One quarter of such a ring: (1, -1) is the upper right one.
    pub(super) fn quarter(
        &mut self,
        (cx, cy): (f32, f32),
        (rx, ry): (f32, f32),
        (sx, sy): (f32, f32),
        t: f32,
    ) {
        let (ox, oy) = (rx + t / 2.0, ry + t / 2.0);
        let (ix, iy) = ((rx - t / 2.0).max(0.1), (ry - t / 2.0).max(0.1));
        let clockwise = sx * sy < 0.0;
        let (there, back) = if clockwise { (1.0, 0.0) } else { (0.0, 1.0) };
        if clockwise {
            self.cmd('M', &[cx, cy + sy * oy]);
            self.cmd('A', &[ox, oy, 0.0, 0.0, there, cx + sx * ox, cy]);
            self.cmd('L', &[cx + sx * ix, cy]);
            self.cmd('A', &[ix, iy, 0.0, 0.0, back, cx, cy + sy * iy]);
        } else {
            self.cmd('M', &[cx + sx * ox, cy]);
            self.cmd('A', &[ox, oy, 0.0, 0.0, back, cx, cy + sy * oy]);
            self.cmd('L', &[cx, cy + sy * iy]);
            self.cmd('A', &[ix, iy, 0.0, 0.0, there, cx + sx * ix, cy]);
        }
        self.0.push('z');
    }
}

/// Writes a number rounded to a tenth.
fn write_number(out: &mut String, number: f32) {
    let tenths = (number.clamp(-9999.0, 9999.0) * 10.0).round() as i32;
    let (whole, part) = ((tenths / 10).unsigned_abs(), (tenths % 10).unsigned_abs());
    if tenths < 0 {
        out.push('-');
    }
    if whole > 0 || part == 0 {
        out.push_str(&whole.to_string());
    }
    if part > 0 {
        out.push('.');
        out.push(char::from(b'0' + u8::try_from(part).unwrap_or(0)));
    }
}

/// The picture being written. Only numbers, colours and fixed words ever reach it, so it needs no escaping.
pub(super) struct Canvas(String);

impl Canvas {
    /// An empty sleeve.
    pub(super) fn new() -> Self {
        let mut out = String::with_capacity(4096);
        out.push_str(r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 320 320">"#);
        Self(out)
    }

    /// The finished document.
    pub(super) fn finish(mut self) -> String {
        self.0.push_str("</svg>");
        self.0
    }

    fn open(&mut self, element: &str, numbers: &[(&str, f32)]) {
        self.0.push('<');
        self.0.push_str(element);
        for (name, number) in numbers {
            self.number(name, *number);
        }
    }

    fn number(&mut self, name: &str, number: f32) {
        self.0.push(' ');
        self.0.push_str(name);
        self.0.push_str("=\"");
        write_number(&mut self.0, number);
        self.0.push('"');
    }

    fn ink(&mut self, name: &str, ink: Ink) {
        self.0.push(' ');
        self.0.push_str(name);
        self.0.push_str("=\"");
        self.0.push_str(&ink.hex());
        self.0.push('"');
    }

    fn close(&mut self) {
        self.0.push_str("/>");
    }

    /// A filled rectangle.
    pub(super) fn rect(&mut self, x: f32, y: f32, w: f32, h: f32, fill: Ink) {
        self.open("rect", &[("x", x), ("y", y), ("width", w), ("height", h)]);
        self.ink("fill", fill);
        self.close();
    }

    /// A filled circle.
    pub(super) fn circle(&mut self, cx: f32, cy: f32, r: f32, fill: Ink) {
        self.open("circle", &[("cx", cx), ("cy", cy), ("r", r)]);
        self.ink("fill", fill);
        self.close();
    }

    /// A circle line.
    pub(super) fn groove(&mut self, (cx, cy): (f32, f32), r: f32, ink: Ink, width: f32) {
        self.open(
            "circle",
            &[("cx", cx), ("cy", cy), ("r", r), ("stroke-width", width)],
        );
        self.ink("stroke", ink);
        self.0.push_str(" fill=\"none\"/>");
    }

    /// Filled outlines; `opacity` below 1 is an overprint.
    pub(super) fn fill(&mut self, path: &Path, ink: Ink, opacity: f32) {
        if path.0.is_empty() {
            return;
        }
        self.open("path", &[]);
        self.ink("fill", ink);
        if opacity < 1.0 {
            self.number("fill-opacity", opacity);
        }
        self.0.push_str(" d=\"");
        self.0.push_str(path.data());
        self.0.push_str("\"/>");
    }

    /// Keeps outlines for [`Canvas::again`].
    pub(super) fn keep(&mut self, path: &Path) {
        self.0.push_str("<defs><path id=\"t\" d=\"");
        self.0.push_str(path.data());
        self.0.push_str("\"/></defs>");
    }

    /// The kept outlines once more: scaled by `scale`, then moved to `at`, with a line of `swell` around them.
    pub(super) fn again(&mut self, at: (f32, f32), scale: (f32, f32), ink: Ink, swell: f32) {
        self.0.push_str("<use href=\"#t\"");
        if at != (0.0, 0.0) || scale != (1.0, 1.0) {
            self.0.push_str(" transform=\"translate(");
            write_number(&mut self.0, at.0);
            self.0.push(' ');
            write_number(&mut self.0, at.1);
            self.0.push_str(")scale(");
            write_number(&mut self.0, scale.0);
            self.0.push(' ');
            write_number(&mut self.0, scale.1);
            self.0.push_str(")\"");
        }
        self.ink("fill", ink);
        if swell > 0.0 {
            self.ink("stroke", ink);
            self.number("stroke-width", swell);
            self.0.push_str(" stroke-linejoin=\"round\"");
        }
        self.close();
    }
}
