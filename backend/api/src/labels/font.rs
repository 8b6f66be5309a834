//! The built-in font: widths for setting text, and what the PDF embeds of it.

use std::collections::BTreeMap;

use pdf_writer::types::{CidFontType, FontFlags, SystemInfo, UnicodeCmap};
use pdf_writer::{Filter, Finish, Name, Pdf, Rect, Ref, Str};
use ttf_parser::{Face, FaceParsingError, GlyphId};

use super::document::deflate;

/// Noto Sans Regular without hints, cut to Latin, Cyrillic with the letters of Kazakh, digits and punctuation.
static BYTES: &[u8] = include_bytes!("../../../../assets/fonts/NotoSans-Regular.subset.ttf");

/// Name in the PDF. The six letters mark a subset (ISO 32000-1, 9.6.4).
const NAME: Name<'_> = Name(b"TANBAA+NotoSans-Regular");

/// Glyphs are named by their number (ISO 32000-1, 9.7.5.2).
const IDENTITY: SystemInfo<'_> = SystemInfo { registry: Str(b"Adobe"), ordering: Str(b"Identity"), supplement: 0 };

/// Objects that the font takes in the document.
#[derive(Clone, Copy)]
pub(super) struct Refs {
    pub(super) font: Ref,
    pub(super) cid: Ref,
    pub(super) descriptor: Ref,
    pub(super) file: Ref,
    pub(super) to_unicode: Ref,
}

/// The font, read once for a sheet.
pub(super) struct Font {
    face: Face<'static>,
    /// Units of the font in an em.
    em: f32,
}

impl Font {
    pub(super) fn new() -> Result<Self, FaceParsingError> {
        let face = Face::parse(BYTES, 0)?;
        let em = f32::from(face.units_per_em());
        Ok(Self { face, em })
    }

    /// The glyph of a character; the box of an unknown one for what the font does not have.
    fn glyph(&self, c: char) -> GlyphId {
        self.face.glyph_index(c).unwrap_or(GlyphId(0))
    }

    /// Width of a character, in ems.
    pub(super) fn advance(&self, c: char) -> f32 {
        f32::from(self.face.glyph_hor_advance(self.glyph(c)).unwrap_or(0)) / self.em
    }

    /// Width of a text, in ems. The labels need no kerning.
    pub(super) fn width(&self, text: &str) -> f32 {
        text.chars().map(|c| self.advance(c)).sum()
    }

    /// The text as the PDF shows it: two bytes a glyph.
    pub(super) fn encode(&self, text: &str) -> Vec<u8> {
        text.chars().flat_map(|c| self.glyph(c).0.to_be_bytes()).collect()
    }

    /// Embeds the font as a composite font over its glyph numbers (ISO 32000-1, 9.7.4).
    pub(super) fn embed(&self, pdf: &mut Pdf, refs: Refs) {
        let scale = |units: i16| f32::from(units) * 1000.0 / self.em;
        pdf.type0_font(refs.font)
            .base_font(NAME)
            .encoding_predefined(Name(b"Identity-H"))
            .descendant_font(refs.cid)
            .to_unicode(refs.to_unicode);

        let mut cid = pdf.cid_font(refs.cid);
        cid.subtype(CidFontType::Type2).base_font(NAME).system_info(IDENTITY).font_descriptor(refs.descriptor);
        cid.default_width(0.0).cid_to_gid_map_predefined(Name(b"Identity"));
        let glyphs = 0..self.face.number_of_glyphs();
        let widths =
            glyphs.map(|glyph| f32::from(self.face.glyph_hor_advance(GlyphId(glyph)).unwrap_or(0)) * 1000.0 / self.em);
        cid.widths().consecutive(0, widths);
        cid.finish();

        let bounds = self.face.global_bounding_box();
        pdf.font_descriptor(refs.descriptor)
            .name(NAME)
            .flags(FontFlags::SYMBOLIC)
            .bbox(Rect::new(scale(bounds.x_min), scale(bounds.y_min), scale(bounds.x_max), scale(bounds.y_max)))
            .italic_angle(0.0)
            .ascent(scale(self.face.ascender()))
            .descent(scale(self.face.descender()))
            .cap_height(scale(self.face.capital_height().unwrap_or(0)))
            // The font does not tell; PDF asks for a number and readers use it only to replace a missing font.
            .stem_v(80.0)
            .font_file2(refs.file);

        let file = deflate(BYTES);
        pdf.stream(refs.file, &file)
            .filter(Filter::FlateDecode)
            // The font is a constant of some 30 kB.
            .pair(Name(b"Length1"), BYTES.len() as i32);

        let mut to_unicode = UnicodeCmap::new(Name(b"Tanba-UCS"), IDENTITY);
        for (glyph, c) in self.meanings() {
            to_unicode.pair(glyph, c);
        }
        let to_unicode = deflate(&to_unicode.finish());
        pdf.stream(refs.to_unicode, &to_unicode).filter(Filter::FlateDecode);
    }

    /// The character that each glyph stands for; of those that share one the first: the space, not the no-break space.
    fn meanings(&self) -> BTreeMap<u16, char> {
        let mut all = BTreeMap::new();
        for table in self.face.tables().cmap.into_iter().flat_map(|cmap| cmap.subtables) {
            if table.is_unicode() {
                table.codepoints(|codepoint| {
                    if let Some(c) = char::from_u32(codepoint) {
                        let meaning = all.entry(self.glyph(c).0).or_insert(c);
                        *meaning = c.min(*meaning);
                    }
                });
            }
        }
        all
    }
}
