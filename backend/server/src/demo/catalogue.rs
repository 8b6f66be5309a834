//! The demo's products: all invented, made here and abroad, one group after the other.

use shared::group::ProductGroup;
use shared::seal::Profile;
use shared::wire::v1::products::{NamesBody, ProductBody};

/// A product with what its introduction needs to know.
pub(super) struct Item {
    /// A short word for idempotency keys; never changed.
    pub(super) slug: &'static str,
    /// GTIN-13.
    pub(super) gtin: &'static str,
    /// Its group.
    pub(super) group: ProductGroup,
    /// Tail of its codes.
    pub(super) profile: Profile,
    /// Kazakh, Russian, English.
    pub(super) name: [&'static str; 3],
    /// Who made it.
    pub(super) manufacturer: &'static str,
    /// Who brought it in.
    pub(super) importer: Option<&'static str>,
    /// ISO 3166-1 alpha-2.
    pub(super) country: &'static str,
    /// Where it was made.
    pub(super) place: &'static str,
    /// How many days before the order it was made.
    pub(super) made_days_ago: i64,
    /// For how many days it keeps from then, if its group expires.
    pub(super) keeps_days: Option<i64>,
    /// Certificate or declaration of conformity; `{yy}` and `{ddmmyy}` stand for its date, here and below.
    pub(super) conformity: &'static str,
    /// Test certificate.
    pub(super) test: &'static str,
    /// Customs declaration.
    pub(super) customs: Option<&'static str>,
    /// In tenge.
    pub(super) price_tenge: u64,
}

impl Item {
    /// Its card.
    pub(super) fn card(&self) -> ProductBody {
        ProductBody {
            gtin: self.gtin.to_owned(),
            group: self.group,
            name: NamesBody {
                kk: self.name[0].to_owned(),
                ru: self.name[1].to_owned(),
                en: Some(self.name[2].to_owned()),
            },
            manufacturer: self.manufacturer.to_owned(),
            importer: self.importer.map(str::to_owned),
            country: self.country.to_owned(),
        }
    }
}

/// Leather boots.
pub(super) const BOOTS: Item = Item {
    slug: "boots",
    gtin: "4870402000016",
    group: ProductGroup::Footwear,
    profile: Profile::Signed,
    name: [
        "«Тұлпар» ерлер бәтеңкесі, былғары, қара, 42-өлшем",
        "Ботинки мужские «Тулпар», кожаные, чёрные, размер 42",
        "Tulpar men’s boots, leather, black, size 42",
    ],
    manufacturer: "«Көкжал Аяқ Киім» ЖШС",
    importer: None,
    country: "KZ",
    place: "Қазақстан, Тараз",
    made_days_ago: 45,
    keeps_days: None,
    conformity: "ЕАЭС KZ.0210.22.01.01174",
    test: "ХА-2147/{yy}",
    customs: None,
    price_tenge: 24_990,
};

/// Bed linen.
pub(super) const LINEN: Item = Item {
    slug: "linen",
    gtin: "4870315000127",
    group: ProductGroup::LightIndustry,
    profile: Profile::Signed,
    name: [
        "«Айкөл» төсек-орын жиынтығы, мақта, екі орындық",
        "Комплект постельного белья «Айколь», хлопок, двуспальный",
        "Aikol bed linen set, cotton, double",
    ],
    manufacturer: "«Айкөл Текстиль» ЖШС",
    importer: None,
    country: "KZ",
    place: "Қазақстан, Шымкент",
    made_days_ago: 12,
    keeps_days: None,
    conformity: "ЕАЭС KZ.0312.22.01.00386",
    test: "ШТ-0861/{yy}",
    customs: None,
    price_tenge: 15_500,
};

/// Beer.
pub(super) const BEER: Item = Item {
    slug: "beer",
    gtin: "4870117000233",
    group: ProductGroup::Beer,
    profile: Profile::Mac,
    name: ["«Ертіс» ашық түсті сырасы, 0,5 л", "Пиво светлое «Ертис», 0,5 л", "Ertis lager beer, 0.5 l"],
    manufacturer: "«Ертіс Сыра Зауыты» ЖШС",
    importer: None,
    country: "KZ",
    place: "Қазақстан, Павлодар",
    made_days_ago: 20,
    keeps_days: Some(365),
    conformity: "ЕАЭС KZ.0455.22.01.02093",
    test: "ПВ-3310/{yy}",
    customs: None,
    price_tenge: 520,
};

/// Cigarettes.
pub(super) const CIGARETTES: Item = Item {
    slug: "cigarettes",
    gtin: "4870526000343",
    group: ProductGroup::Tobacco,
    profile: Profile::Short,
    name: [
        "«Боран» сүзгілі сигареттері, 20 дана",
        "Сигареты с фильтром «Боран», 20 шт.",
        "Boran filter cigarettes, pack of 20",
    ],
    manufacturer: "«Жетісу Темекі» ЖШС",
    importer: None,
    country: "KZ",
    place: "Қазақстан, Талдықорған",
    made_days_ago: 33,
    keeps_days: None,
    conformity: "ЕАЭС KZ.0508.22.01.00741",
    test: "ТҚ-1925/{yy}",
    customs: None,
    price_tenge: 950,
};

/// A medicine.
pub(super) const TABLETS: Item = Item {
    slug: "tablets",
    gtin: "4049700000459",
    group: ProductGroup::Medicine,
    profile: Profile::Signed,
    name: [
        "Рейнофен таблеткалары, 400 мг, № 20",
        "Рейнофен, таблетки 400 мг, № 20",
        "Rheinofen tablets, 400 mg, 20 pieces",
    ],
    manufacturer: "Rheinberg Arzneimittel GmbH",
    importer: Some("«Дәрі Логистика» ЖШС"),
    country: "DE",
    place: "Deutschland, Mainz",
    made_days_ago: 120,
    keeps_days: Some(1_095),
    conformity: "ҚР-ДЗ-5№024816",
    test: "ДС-0412/{yy}",
    customs: Some("55302/{ddmmyy}/0041827"),
    price_tenge: 2_340,
};

/// Motor oil.
pub(super) const OIL: Item = Item {
    slug: "oil",
    gtin: "8809900012302",
    group: ProductGroup::MotorOil,
    profile: Profile::Signed,
    name: [
        "«Baekho» 5W-30 синтетикалық мотор майы, 4 л",
        "Масло моторное синтетическое «Baekho» 5W-30, 4 л",
        "Baekho 5W-30 synthetic motor oil, 4 l",
    ],
    manufacturer: "Baekho Lubricants Co., Ltd.",
    importer: Some("«Сарыарқа Май Импорт» ЖШС"),
    country: "KR",
    place: "Korea, Ulsan",
    made_days_ago: 150,
    keeps_days: Some(1_825),
    conformity: "ЕАЭС N RU Д-KR.РА01.В.48213/{yy}",
    test: "АС-5527/{yy}",
    customs: Some("55205/{ddmmyy}/0038416"),
    price_tenge: 18_900,
};

/// A blouse.
pub(super) const BLOUSE: Item = Item {
    slug: "blouse",
    gtin: "8684400001571",
    group: ProductGroup::LightIndustry,
    profile: Profile::Mac,
    name: [
        "«Gülşah» әйелдер жейдесі, мақта, ақ, 44-өлшем",
        "Блузка женская «Gülşah», хлопок, белая, размер 44",
        "Gülşah women’s blouse, cotton, white, size 44",
    ],
    manufacturer: "Gülşah Tekstil A.Ş.",
    importer: Some("«Көркем Импорт» ЖШС"),
    country: "TR",
    place: "Türkiye, Bursa",
    made_days_ago: 75,
    keeps_days: None,
    conformity: "ЕАЭС N RU Д-TR.РА03.В.17095/{yy}",
    test: "АЛ-2760/{yy}",
    customs: Some("55303/{ddmmyy}/0040295"),
    price_tenge: 12_700,
};

#[cfg(test)]
mod tests {
    use super::*;
    use shared::product::Product;
    use std::collections::BTreeSet;

    #[test]
    fn the_products_are_cards_of_every_group_and_profile_made_here_and_abroad() {
        let all = [BOOTS, LINEN, BEER, CIGARETTES, TABLETS, OIL, BLOUSE];
        let products: Vec<Product> = all.iter().map(|item| item.card().try_into().unwrap()).collect();
        let groups: BTreeSet<ProductGroup> = products.iter().map(|product| product.group).collect();
        assert_eq!(groups.len(), ProductGroup::ALL.len());
        let profiles: BTreeSet<Profile> = all.iter().map(|item| item.profile).collect();
        assert_eq!(profiles.len(), 3);
        for (item, product) in all.iter().zip(&products) {
            assert_eq!(product.is_domestic(), item.customs.is_none(), "{}", item.slug);
            assert_eq!(product.group.expires(), item.keeps_days.is_some(), "{}", item.slug);
        }
        assert!(products.iter().any(Product::is_domestic) && products.iter().any(|product| !product.is_domestic()));
    }
}
