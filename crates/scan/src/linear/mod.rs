//! Linear symbols: EAN-13 with UPC-A, EAN-8 (ISO/IEC 15420) and Code 128 with GS1-128 (ISO/IEC 15417).
//!
//! Bars at any angle show as places whose gradients all point one way. Across such a place the levels are taken in
//! bands. What the standards fix (guards, start, stop) is laid over the levels first, under several blurs; then each
//! character is the one whose bars, blurred alike, agree best. A text counts if it is read twice from bands that share no
//! pixel.

mod code128;
mod ean;
mod find;
mod pattern;
mod profile;
mod stream128;
#[cfg(test)]
mod tests;

use crate::effort::Effort;
use crate::found::{Message, Symbology};
use crate::frame::Frame;
use find::Region;
use profile::{Edge, Profile};

/// A message, its symbology and where the symbol lies in the frame.
pub(crate) type Placed = (Message, Symbology, [(f32, f32); 4]);

/// Bands in which a region is read.
const BANDS: usize = 8;
/// Share of the contrast that an edge has at least: first what noise does not reach, then what blur leaves of thin bars.
const CLEAR: f32 = 0.16;
const BLURRED: f32 = 0.07;
/// Edges of the shortest symbol, EAN-8, of which half may be lost to blur.
const LEAST_EDGES: usize = 20;
/// How many times wider than the runs beside it a light run is that may be a quiet zone.
const QUIET_RUNS: f32 = 3.2;
/// Runs that are compared with a quiet zone.
const COMPARED: usize = 12;
/// How far from 1 the widening is that makes a difference, and the least: one half of the modules, as wide as the other.
const EVEN: f32 = 0.02;
const LEAST_WIDENING: f32 = 0.66;
/// Ends that are tried for a beginning: light in the nearer half of a tilted symbol may be as wide as a quiet zone.
const ENDS: usize = 4;
/// Pairs of quiet zones that are tried in a profile, those with most edges first.
const SPANS: usize = 4;
/// Pairs that are tried in a region in all; what was read was so at the second at the latest.
const TRIED: usize = 4;

/// Spans that are read band by band where halves of the bands give nothing, and bands of which one must give something.
const IN_BANDS: usize = 2;
const FIRST_BANDS: usize = 4;

/// What may be a symbol: from its first bar to its last.
#[derive(Clone, Copy, Debug)]
struct Span {
    start: f32,
    end: f32,
    edges: usize,
    /// The root of how many times wider the modules at the end are than those at the start.
    widening: f32,
}

impl Span {
    /// Of edges from the first to the last. Characters of a symbology are equally wide and have equally many edges, so
    /// edges lie evenly, but for what perspective does; its one number is found by least squares.
    fn new(edges: &[Edge]) -> Option<Self> {
        let (start, end) = (edges.first()?.at, edges.last()?.at);
        let (mut above, mut below) = (0.0, 0.0);
        for (index, edge) in edges.iter().enumerate() {
            let even = index as f32 / (edges.len() - 1) as f32;
            let seen = (edge.at - start) / (end - start);
            above += even * (1.0 - seen) * seen * (1.0 - even);
            below += (seen * (1.0 - even)).powi(2);
        }
        let widening = if below > 0.0 { above / below } else { 1.0 };
        Some(Self { start, end, edges: edges.len(), widening })
    }

    /// Whether what is read from one is read from the other.
    fn is_like(&self, other: &Self) -> bool {
        self.edges == other.edges && (self.start - other.start).abs() < 1.0 && (self.end - other.end).abs() < 1.0
    }

    /// Whether it has about as many edges as a symbol should have under a blur.
    fn has_edges(&self, meant: usize, blur: usize) -> bool {
        let least = meant * [85, 75, 50, 40][blur.min(3)] / 100;
        (least..=meant + meant / 12).contains(&self.edges)
    }
}

/// What was read from a span.
#[derive(Clone, Debug)]
struct Reading {
    message: Message,
    symbology: Symbology,
    start: f32,
    end: f32,
}

impl Reading {
    fn says(&self, other: &Self) -> bool {
        self.message == other.message && self.symbology == other.symbology
    }
}

/// Reads the linear symbols of a frame.
pub(crate) fn read(frame: &Frame, effort: Effort) -> Vec<Placed> {
    let limit = match effort {
        Effort::Frame => 4,
        Effort::Picture => 16,
    };
    let mut found: Vec<Placed> = Vec::new();
    for region in find::regions(frame, limit) {
        let region = region.straightened(frame);
        for placed in read_region(frame, &region) {
            if found.iter().all(|other| (&other.0, other.1) != (&placed.0, placed.1)) {
                found.push(placed);
            }
        }
    }
    found
}

fn read_region(frame: &Frame, region: &Region) -> Vec<Placed> {
    let bands = Profile::bands(frame, region, BANDS);
    let Some(whole) = Profile::mean(bands.iter()) else {
        return Vec::new();
    };
    let mut found: Vec<Reading> = Vec::new();
    let mut tried: Vec<Span> = Vec::new();
    let halves = [0, 1].map(|parity| Profile::mean(bands.iter().skip(parity).step_by(2)));
    // All bands together against noise, then single ones, in case they lean against each other.
    for (source, share) in [(&whole, CLEAR), (&whole, BLURRED), (&bands[BANDS / 2], CLEAR), (&bands[BANDS / 4], CLEAR)]
    {
        for span in spans(&source.edges(share), source.ends()) {
            // A part of a symbol is no symbol, and spans come in order of their size.
            let apart = |read: &Reading| span.end <= read.start.min(read.end) || read.start.max(read.end) <= span.start;
            if tried.len() < TRIED && tried.iter().all(|other| !other.is_like(&span)) && found.iter().all(apart) {
                tried.push(span);
                found.extend(in_halves(&halves, &span));
            }
        }
        if !found.is_empty() {
            break;
        }
    }
    if found.is_empty() {
        found.extend(tried.iter().take(IN_BANDS).find_map(|span| in_bands(&bands, span)));
    }
    found.into_iter().map(|reading| place(region, reading)).collect()
}

/// What two halves of the bands, which share none, agree on.
fn in_halves([even, odd]: &[Option<Profile>; 2], span: &Span) -> Option<Reading> {
    let even = read_span(even.as_ref()?, span)?;
    read_span(odd.as_ref()?, span).filter(|odd| odd.says(&even))
}

/// What two bands agree on, if no two others disagree.
fn in_bands(bands: &[Profile], span: &Span) -> Option<Reading> {
    // Every second band first: they are far apart, so that what spoils one need not spoil all.
    let order = (1..bands.len()).step_by(2).chain((0..bands.len()).step_by(2));
    let mut readings: Vec<Reading> = Vec::new();
    for (tried, band) in order.enumerate() {
        if tried == FIRST_BANDS && readings.is_empty() {
            return None;
        }
        readings.extend(read_span(&bands[band], span));
    }
    let first = readings.first()?;
    (readings.len() > 1 && readings.iter().all(|other| other.says(first))).then(|| first.clone())
}

fn read_span(profile: &Profile, span: &Span) -> Option<Reading> {
    let read = |profile: &Profile| ean::read(profile, span).or_else(|| code128::read(profile, span));
    read(profile).or_else(|| {
        let is_uneven =
            EVEN < (span.widening - 1.0).abs() && (LEAST_WIDENING..1.0 / LEAST_WIDENING).contains(&span.widening);
        is_uneven.then(|| read(&profile.evened(span.start, span.end, span.widening))).flatten()
    })
}

/// Where bars begin after light that is much wider than they are, and end before such.
fn spans(edges: &[Edge], ends: (f32, f32)) -> Vec<Span> {
    if edges.len() < LEAST_EDGES {
        return Vec::new();
    }
    let mean = |from: usize, to: usize| (edges[to].at - edges[from].at) / (to - from).max(1) as f32;
    let last = edges.len() - 1;
    let begins = |&at: &usize| {
        let light = edges[at].at - if at == 0 { ends.0 } else { edges[at - 1].at };
        edges[at].dark && at < last && light >= QUIET_RUNS * mean(at, (at + COMPARED).min(last))
    };
    let stops = |&at: &usize| {
        let light = if at == last { ends.1 } else { edges[at + 1].at } - edges[at].at;
        !edges[at].dark && at > 0 && light >= QUIET_RUNS * mean(at.saturating_sub(COMPARED), at)
    };
    let stops: Vec<usize> = (0..=last).filter(stops).collect();
    let mut spans: Vec<Span> = Vec::new();
    for begin in (0..=last).filter(begins) {
        let reached = stops.iter().filter(|&&stop| stop + 1 >= begin + LEAST_EDGES).take(ENDS);
        spans.extend(reached.filter_map(|&stop| Span::new(&edges[begin..=stop])));
    }
    spans.sort_by_key(|span| std::cmp::Reverse(span.edges));
    spans.truncate(SPANS);
    spans
}

fn place(region: &Region, reading: Reading) -> Placed {
    let Reading { message, symbology, start, end } = reading;
    let (top, bottom) = region.height;
    let corners = [(start, top), (end, top), (end, bottom), (start, bottom)].map(|(u, v)| region.pixel(u, v));
    (message, symbology, corners)
}
