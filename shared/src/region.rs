//! Regions of Kazakhstan, in which a sale may be published.

use crate::string_enum::string_enum;

string_enum! {
    /// A region or city of republican significance by the first two digits of its KATO code (classifier of
    /// administrative-territorial objects). Names are in the locales: `region-71` and so on.
    Region {
        /// Abai.
        Abai = "10",
        /// Akmola.
        Akmola = "11",
        /// Aktobe.
        Aktobe = "15",
        /// Almaty region.
        AlmatyRegion = "19",
        /// Atyrau.
        Atyrau = "23",
        /// West Kazakhstan.
        WestKazakhstan = "27",
        /// Zhambyl.
        Zhambyl = "31",
        /// Zhetisu.
        Zhetisu = "33",
        /// Karaganda.
        Karaganda = "35",
        /// Kostanay.
        Kostanay = "39",
        /// Kyzylorda.
        Kyzylorda = "43",
        /// Mangystau.
        Mangystau = "47",
        /// Pavlodar.
        Pavlodar = "55",
        /// North Kazakhstan.
        NorthKazakhstan = "59",
        /// Turkistan.
        Turkistan = "61",
        /// Ulytau.
        Ulytau = "62",
        /// East Kazakhstan.
        EastKazakhstan = "63",
        /// Astana.
        Astana = "71",
        /// Almaty.
        Almaty = "75",
        /// Shymkent.
        Shymkent = "79",
    }
}
