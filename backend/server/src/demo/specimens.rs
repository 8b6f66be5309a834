//! The labels of the demo: at least one for each verdict, and what is to be seen on it.

use anyhow::Result;
use shared::gs1::ElementString;
use shared::gs1::symbol::Symbol;
use shared::verdict::Verdict;

use super::forms;
use super::seed::{Batch, Seeded};

/// A text in Kazakh, Russian and English, in this order.
pub(super) type Texts = [&'static str; 3];

/// How the text stands in its symbol.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    /// GS1 DataMatrix.
    Gs1,
    /// Data Matrix of any text.
    Plain,
}

/// One label.
pub(super) struct Specimen {
    /// What a check answers.
    pub(super) verdict: Verdict,
    /// Whether it is the first of its verdict.
    pub(super) first: bool,
    /// Name of the product, or what the symbol holds.
    pub(super) name: Texts,
    /// Why the answer is what it is.
    pub(super) story: Texts,
    code: String,
    form: Form,
}

impl Specimen {
    /// What the symbol says.
    pub(super) fn code(&self) -> &str {
        &self.code
    }

    /// Which label it is, in English.
    pub(super) fn label(&self) -> String {
        format!("{}. {}", self.name[2], self.story[2])
    }

    /// Whether the network must be cut before the check.
    pub(super) fn offline(&self) -> bool {
        self.verdict == Verdict::GenuineOffline
    }

    /// The human-readable lines below the symbol: GTIN and serial, or the text itself.
    pub(super) fn lines(&self) -> Vec<String> {
        let elements = ElementString::parse(&self.code).ok().filter(|_| self.form == Form::Gs1);
        let Some(elements) = elements else {
            return vec![self.code.clone()];
        };
        let shown = elements.elements().iter().filter(|element| matches!(element.ai.as_str(), "01" | "21"));
        shown.map(|element| format!("({}){}", element.ai, element.value)).collect()
    }

    /// The symbol.
    ///
    /// # Errors
    /// If the code cannot stand in one.
    pub(super) fn svg(&self) -> Result<String> {
        let symbol = match self.form {
            Form::Gs1 => Symbol::encode(&ElementString::parse(&self.code)?)?,
            Form::Plain => Symbol::encode_plain(&self.code)?,
        };
        Ok(symbol.svg())
    }
}

const ON_SALE: Texts = [
    "Айналымға енгізілген, сатуға болады.",
    "Введён в оборот, можно продавать.",
    "Introduced into circulation, may be sold.",
];
const APPLIED: Texts = [
    "Код тауарға түсірілген, бірақ тауар айналымға әлі енгізілмеген.",
    "Код нанесён на товар, но товар ещё не введён в оборот.",
    "The code is on the product, but the product is not in circulation yet.",
];
const EMITTED: Texts = [
    "Код берілген, бірақ тауарға әлі түсірілмеген.",
    "Код выдан, но на товар ещё не нанесён.",
    "The code is issued, but not on a product yet.",
];
const SOLD_ALMATY: Texts = [
    "Алматыда сатылған. Сөреде тұрса, бұл — бұзушылық.",
    "Продан в Алматы. Если он стоит на полке, это нарушение.",
    "Sold in Almaty. If it stands on a shelf, that is a violation.",
];
const SOLD_ASTANA: Texts = ["Астанада сатылған.", "Продан в Астане.", "Sold in Astana."];
const DAMAGED: Texts =
    ["Бүлінгендіктен айналымнан шығарылған.", "Выведен из оборота: повреждён.", "Withdrawn from circulation: damaged."];
const DESTROYED: Texts =
    ["Айналымнан шығарылып, жойылған.", "Выведен из оборота: уничтожен.", "Withdrawn from circulation: destroyed."];
const RECALLED: Texts = [
    "Мемлекеттік органның шешімімен айналымнан кері қайтарып алынуда.",
    "Отзывается из оборота по решению государственного органа.",
    "Being recalled by decision of a state body.",
];
const OFFLINE: Texts = [
    "Алдымен желіні өшіріңіз: қолтаңбаны телефонның өзі тексереді.",
    "Сначала отключите сеть: подпись проверит сам телефон.",
    "Cut the network first: the phone checks the signature by itself.",
];
const ALTERED: Texts = [
    "Кодтың қорғаныш бөлігіндегі бір таңбаша ауыстырылған.",
    "В защитной части кода изменён один знак.",
    "One character of the protecting part is changed.",
];
const NEVER_ISSUED: Texts = [
    "Мұндай сериялық нөмір ешқашан берілмеген.",
    "Такой серийный номер никогда не выдавался.",
    "This serial number was never issued.",
];
const RUSSIAN: Texts = [
    "Ресей таңбалау жүйесінің коды: қолтаңбасын біздің кілттермен тексеру мүмкін емес.",
    "Код российской системы маркировки: нашими ключами его не проверить.",
    "A code of the Russian marking system: our keys cannot check it.",
];
const CUT: Texts = [
    "Код кесіліп қалған: қорғаныш бөлігінің соңы жоқ.",
    "Код обрезан: нет конца защитной части.",
    "The code is cut: the end of its protecting part is missing.",
];
const NO_TAIL: Texts = [
    "Қорғаныш бөлігі мүлдем жоқ: тауар нөмірі мен сериялық нөмір ғана бар.",
    "Защитной части нет совсем: только номера товара и экземпляра.",
    "There is no protecting part: only the numbers of the product and the item.",
];
const ARTICLE: Texts = [
    "Дүкен штрихкодының нөмірі: ол тауардың түрін айтады, данасын емес.",
    "Номер магазинного штрихкода: называет вид товара, а не экземпляр.",
    "The number of a shop barcode: it names the kind of product, not the item.",
];
const ADDRESS: Texts = ["Сайт мекенжайы.", "Адрес сайта.", "The address of a website."];

const SHOES_OF_RUSSIA: Texts = ["Ресейден келген аяқ киім", "Обувь из России", "Shoes from Russia"];
const GOODS_OF_RUSSIA: Texts = ["Ресейден келген тауар", "Товар из России", "Goods from Russia"];
const EAN_13: Texts = ["EAN-13 штрихкоды", "Штрихкод EAN-13", "EAN-13 barcode"];
const LINK: Texts = ["Веб-сілтеме", "Веб-ссылка", "Web link"];
const DIGITAL_LINK: Texts = [
    "Берілмеген нөмірі бар GS1 Digital Link сілтемесі",
    "Ссылка GS1 Digital Link с невыданным номером",
    "GS1 Digital Link with a number never issued",
];

/// The labels: first one for each verdict in the order of the design, then more.
pub(super) fn of(seeded: &Seeded, edge: &str) -> Result<Vec<Specimen>> {
    use Verdict as V;
    let Seeded { boots, linen, beer, cigarettes, tablets, oil, blouse } = seeded;
    let mut list = List { specimens: Vec::new() };
    list.ours(V::Genuine, boots, 0, ON_SALE)?;
    list.ours(V::GenuineNotIntroduced, linen, 0, APPLIED)?;
    list.ours(V::GenuineSold, boots, 2, SOLD_ALMATY)?;
    list.ours(V::GenuineWithdrawn, oil, 1, DAMAGED)?;
    list.ours(V::GenuineBlocked, tablets, 1, RECALLED)?;
    list.ours(V::GenuineOffline, boots, 1, OFFLINE)?;
    list.gs1(V::NotIssued, boots.item.name, ALTERED, forms::altered(boots.code(3)?)?);
    list.gs1(V::Foreign, SHOES_OF_RUSSIA, RUSSIAN, forms::foreign_44());
    list.gs1(V::Incomplete, boots.item.name, CUT, forms::cut(boots.code(4)?)?.to_owned());
    list.plain(V::NotAMark, EAN_13, ARTICLE, boots.item.gtin.to_owned());

    list.ours(V::Genuine, beer, 0, ON_SALE)?;
    list.ours(V::Genuine, cigarettes, 0, ON_SALE)?;
    list.ours(V::Genuine, tablets, 0, ON_SALE)?;
    list.ours(V::Genuine, oil, 0, ON_SALE)?;
    list.ours(V::Genuine, blouse, 4, ON_SALE)?;
    list.ours(V::GenuineNotIntroduced, blouse, 0, EMITTED)?;
    list.ours(V::GenuineSold, beer, 1, SOLD_ASTANA)?;
    list.ours(V::GenuineWithdrawn, cigarettes, 1, DESTROYED)?;
    let link = format!("{edge}/01/0{}/21/3000000000000", boots.item.gtin);
    list.plain(V::NotIssued, DIGITAL_LINK, NEVER_ISSUED, link);
    list.gs1(V::Foreign, GOODS_OF_RUSSIA, RUSSIAN, forms::foreign_88());
    list.gs1(V::Incomplete, tablets.item.name, NO_TAIL, forms::without_tail(tablets.code(2)?)?.to_owned());
    list.plain(V::NotAMark, LINK, ADDRESS, "https://example.com/".to_owned());
    Ok(list.specimens)
}

struct List {
    specimens: Vec<Specimen>,
}

impl List {
    fn ours(&mut self, verdict: Verdict, batch: &Batch, number: usize, story: Texts) -> Result<()> {
        let code = batch.code(number)?.to_owned();
        self.gs1(verdict, batch.item.name, story, code);
        Ok(())
    }

    fn gs1(&mut self, verdict: Verdict, name: Texts, story: Texts, code: String) {
        self.push(verdict, name, story, code, Form::Gs1);
    }

    fn plain(&mut self, verdict: Verdict, name: Texts, story: Texts, code: String) {
        self.push(verdict, name, story, code, Form::Plain);
    }

    fn push(&mut self, verdict: Verdict, name: Texts, story: Texts, code: String, form: Form) {
        let first = self.specimens.iter().all(|specimen| specimen.verdict != verdict);
        self.specimens.push(Specimen { verdict, first, name, story, code, form });
    }
}
