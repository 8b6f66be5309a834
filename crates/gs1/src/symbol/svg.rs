//! SVG: one path whose subpaths are the runs of dark modules, drawn relative to each other to stay short.

use std::fmt::Write;

use super::{QUIET, Symbol};

pub(super) fn draw(symbol: &Symbol) -> String {
    let side = symbol.size + 2 * QUIET;
    let name = if symbol.gs1 { "GS1 DataMatrix" } else { "Data Matrix" };
    let mut path = String::with_capacity(symbol.size * symbol.size * 5);
    let mut pen = None;
    for (x, length, y) in symbol.runs() {
        // A closed subpath leaves the pen where it began. Writing to a string cannot fail.
        let _ = match pen {
            None => write!(path, "M{} {}", x + QUIET, y + QUIET),
            Some((px, py)) => write!(path, "m{} {}", x as i64 - px, y as i64 - py),
        };
        let _ = write!(path, "h{length}v1h-{length}z");
        pen = Some((x as i64, y as i64));
    }
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {side} {side}\" role=\"img\" aria-label=\"{name}\" \
         shape-rendering=\"crispEdges\"><rect width=\"{side}\" height=\"{side}\" fill=\"#fff\"/>\
         <path d=\"{path}\" fill=\"#000\"/></svg>"
    )
}
