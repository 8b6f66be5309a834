//! Parts that screens are made of: one folder each, behaviour and accessible names here, looks in `assets`.

pub(crate) mod button;
pub(crate) mod card;
pub(crate) mod field;
pub(crate) mod head;
pub(crate) mod icon;
pub(crate) mod nav;
pub(crate) mod product;
pub(crate) mod row;
pub(crate) mod sheet;
pub(crate) mod verdict;
