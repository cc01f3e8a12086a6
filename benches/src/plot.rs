//! A small plot with both axes logarithmic, as SVG that stands by itself.

use std::fmt::Write as _;

const WIDTH: f64 = 720.0;
const HEIGHT: f64 = 400.0;
/// Around the plot: for words on the left, for names of curves on the right.
const LEFT: f64 = 90.0;
const RIGHT: f64 = 150.0;
const ABOVE: f64 = 20.0;
const BELOW: f64 = 50.0;
/// Told apart on white, by the colour-blind too.
const COLOURS: [&str; 5] = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#8a6d00"];
/// So far apart the names of curves stay.
const LINE_HEIGHT: f64 = 16.0;

/// Points joined by a line.
pub struct Curve {
    /// What it is called.
    pub name: String,
    /// Points with both values above nothing.
    pub points: Vec<(f64, f64)>,
}

/// Values between two powers of ten, over a stretch of the picture.
struct Axis {
    low: i32,
    high: i32,
    from: f64,
    to: f64,
}

impl Axis {
    fn over(values: impl Iterator<Item = f64> + Clone, from: f64, to: f64) -> Self {
        let low = values.clone().fold(f64::INFINITY, f64::min).log10().floor() as i32;
        let high = values.fold(0.0, f64::max).log10().ceil() as i32;
        Self { low, high: high.max(low + 1), from, to }
    }

    fn at(&self, value: f64) -> f64 {
        let part = (value.log10() - f64::from(self.low)) / f64::from(self.high - self.low);
        self.from + part * (self.to - self.from)
    }

    fn powers(&self) -> impl Iterator<Item = f64> {
        (self.low..=self.high).map(|power| 10_f64.powi(power))
    }
}

/// The picture.
pub fn plot(across: &str, up: &str, curves: &[Curve]) -> String {
    let points = curves.iter().flat_map(|curve| &curve.points);
    let x = Axis::over(points.clone().map(|point| point.0), LEFT, WIDTH - RIGHT);
    let y = Axis::over(points.map(|point| point.1), HEIGHT - BELOW, ABOVE);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" font-family=\"sans-serif\" \
         font-size=\"12\">\n<rect width=\"{WIDTH}\" height=\"{HEIGHT}\" fill=\"white\"/>\n"
    );
    grid(&mut svg, &x, &y);
    let (middle, bottom) = ((x.from + x.to) / 2.0, HEIGHT - 10.0);
    put_text(&mut svg, middle, bottom, "middle", "#333", across);
    put_text(&mut svg, 10.0, ABOVE, "start", "#333", up);
    for (curve, colour) in curves.iter().zip(COLOURS) {
        let path: Vec<String> =
            curve.points.iter().map(|point| format!("{:.1},{:.1}", x.at(point.0), y.at(point.1))).collect();
        let line = path.join(" ");
        push(
            &mut svg,
            format_args!(
                "<polyline points=\"{line}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\"/>"
            ),
        );
    }
    names(&mut svg, &x, &y, curves);
    svg.push_str("</svg>\n");
    svg
}

fn grid(svg: &mut String, x: &Axis, y: &Axis) {
    for value in x.powers() {
        let at = x.at(value);
        push(svg, format_args!("<path d=\"M{at:.1} {} V{}\" stroke=\"#ddd\"/>", y.from, y.to));
        put_text(svg, at, y.from + 18.0, "middle", "#333", &format!("{value}"));
    }
    for value in y.powers() {
        let at = y.at(value);
        push(svg, format_args!("<path d=\"M{} {at:.1} H{}\" stroke=\"#ddd\"/>", x.from, x.to));
        put_text(svg, x.from - 8.0, at + 4.0, "end", "#333", &format!("{value}"));
    }
}

/// Each curve's name beside its end, moved down where two would meet.
fn names(svg: &mut String, x: &Axis, y: &Axis, curves: &[Curve]) {
    let ends = curves.iter().zip(COLOURS).filter_map(|(curve, colour)| {
        curve.points.last().map(|last| (y.at(last.1), curve.name.as_str(), colour))
    });
    let mut ends: Vec<_> = ends.collect();
    ends.sort_by(|one, other| one.0.total_cmp(&other.0));
    let mut free = 0.0_f64;
    for (at, name, colour) in ends {
        let at = at.max(free);
        put_text(svg, x.to + 8.0, at + 4.0, "start", colour, name);
        free = at + LINE_HEIGHT;
    }
}

fn put_text(svg: &mut String, x: f64, y: f64, anchor: &str, colour: &str, text: &str) {
    push(
        svg,
        format_args!(
            "<text x=\"{x:.1}\" y=\"{y:.1}\" text-anchor=\"{anchor}\" fill=\"{colour}\">{text}</text>"
        ),
    );
}

fn push(svg: &mut String, element: std::fmt::Arguments<'_>) {
    // Writing into a string cannot go wrong.
    let _ = writeln!(svg, "{element}");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_curve_is_drawn_and_named_within_the_picture() {
        let curve =
            |name: &str, up| Curve { name: name.to_owned(), points: vec![(1e3, up), (1e6, up * 2.0)] };
        let svg = plot("across", "up", &[curve("one", 0.001), curve("two", 0.001)]);
        assert_eq!(svg.matches("<polyline").count(), 2);
        assert!(svg.contains(">one</text>") && svg.contains(">two</text>"));
        assert!(!svg.contains("NaN") && !svg.contains("inf"));
        let axis = Axis::over([0.001, 0.5].into_iter(), 0.0, 300.0);
        assert_eq!((axis.at(0.001), axis.at(1.0)), (0.0, 300.0));
    }
}
