//! The PDF around the labels: pages, one font, compressed content (ISO 32000-1).

use miniz_oxide::deflate::compress_to_vec_zlib;
use pdf_writer::{Content, Filter, Name, Pdf, Rect, Ref, TextStr};

use super::font::{Font, Refs};
use super::{grid, pt};

/// Name of the font in the pages' resources.
pub(super) const FONT: Name<'_> = Name(b"F");

const CATALOG: Ref = Ref::new(1);
const PAGES: Ref = Ref::new(2);
const INFO: Ref = Ref::new(3);
const FONT_REFS: Refs =
    Refs { font: Ref::new(4), cid: Ref::new(5), descriptor: Ref::new(6), file: Ref::new(7), to_unicode: Ref::new(8) };
const FIRST_PAGE: i32 = 9;

/// Compresses as PDF's FlateDecode expects it. Level 6 of 10: the rest costs time and saves nothing here.
pub(super) fn deflate(bytes: &[u8]) -> Vec<u8> {
    compress_to_vec_zlib(bytes, 6)
}

/// A document that grows page by page.
pub(super) struct Document {
    pdf: Pdf,
    pages: Vec<Ref>,
    next: i32,
}

impl Document {
    pub(super) fn new() -> Self {
        Self { pdf: Pdf::new(), pages: Vec::new(), next: FIRST_PAGE }
    }

    pub(super) fn page(&mut self, content: Content) {
        let (page, stream) = (Ref::new(self.next), Ref::new(self.next + 1));
        self.next += 2;
        let mut writer = self.pdf.page(page);
        writer.parent(PAGES).media_box(Rect::new(0.0, 0.0, pt(grid::PAGE.0), pt(grid::PAGE.1))).contents(stream);
        writer.resources().fonts().pair(FONT, FONT_REFS.font);
        drop(writer);
        let content = deflate(&content.finish());
        self.pdf.stream(stream, &content).filter(Filter::FlateDecode);
        self.pages.push(page);
    }

    pub(super) fn finish(mut self, font: &Font) -> Vec<u8> {
        font.embed(&mut self.pdf, FONT_REFS);
        let mut catalog = self.pdf.catalog(CATALOG);
        catalog.pages(PAGES);
        catalog.viewer_preferences().pair(Name(b"PrintScaling"), Name(b"None"));
        drop(catalog);
        // A sheet has fewer pages than 2³¹ by far.
        self.pdf.pages(PAGES).kids(self.pages.iter().copied()).count(self.pages.len() as i32);
        self.pdf.document_info(INFO).title(TextStr("Tanba")).producer(TextStr("Tanba"));
        self.pdf.finish()
    }
}
