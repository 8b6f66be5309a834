### Бәріне ортақ атаулар: шешімдер, тауар топтары, күйлер, себептер.

verdict-genuine = Түпнұсқа
verdict-genuine-not-introduced = Түпнұсқа, әлі айналымға енгізілмеген
verdict-genuine-sold = Түпнұсқа, сатылып кеткен
verdict-genuine-withdrawn = Түпнұсқа, айналымнан шығарылған
verdict-genuine-blocked = Түпнұсқа, бірақ сатуға тыйым салынған
verdict-genuine-offline = Қолтаңбасы түпнұсқа, күйі белгісіз
verdict-not-issued = Мұндай код берілмеген
verdict-foreign = Басқа елдің коды
verdict-incomplete = Код толық емес
verdict-not-a-mark = Бұл таңбалау коды емес

group-footwear = Аяқ киім
group-medicine = Дәрілік заттар
group-beer = Сыра және сыра сусындары
group-tobacco = Темекі өнімдері
group-motor-oil = Мотор майлары
group-light-industry = Жеңіл өнеркәсіп тауарлары

status-emitted = Код берілді
status-applied = Тауарға түсірілді
status-in-circulation = Айналымда
status-withdrawn = Айналымнан шығарылды

withdrawal-retail-sale = Бөлшек саудада сатылды
withdrawal-own-use = Өз қажетіне пайдаланылды
withdrawal-export = Экспортталды
withdrawal-loss = Жоғалды
withdrawal-damage = Бүлінді
withdrawal-destruction = Жойылды

stop-recalled = Айналымнан кері қайтарып алынуда
stop-unsafe = Қауіпсіз емес немесе сапасыз деп танылды
stop-investigation = Тексеріліп жатыр
stop-expired = Жарамдылық мерзімі өтіп кетті
