//! Product groups and the policy that each sets for its codes.

use crate::date::Timestamp;
use crate::string_enum::string_enum;
use seal::{Profile, SerialFormat};

const DAY_MS: i64 = 24 * 3600 * 1000;

string_enum! {
    /// Groups of goods under mandatory marking (list of the Government of the Republic of Kazakhstan; REQUIREMENTS R1).
    ProductGroup {
        /// Footwear.
        Footwear = "footwear",
        /// Medicines for human use.
        Medicine = "medicine",
        /// Beer and beer drinks.
        Beer = "beer",
        /// Tobacco products.
        Tobacco = "tobacco",
        /// Motor oils.
        MotorOil = "motor-oil",
        /// Goods of light industry: clothing, linen.
        LightIndustry = "light-industry",
    }
}

impl ProductGroup {
    /// The form of serial numbers in this group (DESIGN §3). A pack of cigarettes has no room for thirteen characters.
    pub fn serial_format(self) -> &'static SerialFormat {
        match self {
            Self::Tobacco => &SerialFormat::LEN_7,
            Self::Footwear | Self::Medicine | Self::Beer | Self::MotorOil | Self::LightIndustry => {
                &SerialFormat::LEN_13
            }
        }
    }

    /// The tail that codes of this group carry unless the order asks for another (DESIGN §3: `signed` is the default).
    pub fn default_profile(self) -> Profile {
        Profile::Signed
    }

    /// Whether goods of the group carry a date after which they may not be sold.
    pub fn expires(self) -> bool {
        matches!(self, Self::Medicine | Self::Beer | Self::MotorOil)
    }

    /// Days in which a code must be applied after its order; then the operator annuls it.
    pub fn application_days(self) -> u32 {
        match self {
            Self::Footwear | Self::Medicine | Self::Beer | Self::Tobacco | Self::MotorOil | Self::LightIndustry => 30,
        }
    }

    /// The last moment at which a code that was ordered then may be applied.
    pub fn application_term(self, ordered: Timestamp) -> Timestamp {
        Timestamp(ordered.0.saturating_add(i64::from(self.application_days()) * DAY_MS))
    }

    /// The letter that begins the ids of this group's keys.
    pub fn key_letter(self) -> char {
        match self {
            Self::Footwear => 'F',
            Self::Medicine => 'M',
            Self::Beer => 'B',
            Self::Tobacco => 'T',
            Self::MotorOil => 'O',
            Self::LightIndustry => 'L',
        }
    }
}
