### Бәріне ортақ атаулар: шешімдер, тауар топтары, күйлер, себептер.

verdict-genuine = Түпнұсқа
verdict-genuine-not-introduced = Түпнұсқа, әлі айналымға енгізілмеген
verdict-genuine-sold = Түпнұсқа, сатылып кеткен
verdict-genuine-withdrawn = Түпнұсқа, айналымнан шығарылған
verdict-genuine-blocked = Түпнұсқа, бірақ сатуға тыйым салынған
verdict-recalled = Түпнұсқа, бірақ кері қайтарып алынуда
verdict-partly-sold = Түпнұсқа, ішінара сатылған
verdict-written-off = Түпнұсқа, есептен шығарылған
verdict-annulled = Түпнұсқа код, күші жойылған
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
status-written-off = Есептен шығарылды
status-annulled = Кодтың күші жойылды
status-formed = Қаптама жинақталды
status-dissolved = Қаптама ажыратылды

withdrawal-retail-sale = Бөлшек саудада сатылды
withdrawal-own-use = Өз қажетіне пайдаланылды
withdrawal-export = ЕАЭО-дан тыс жерге экспортталды
withdrawal-loss = Жоғалды
withdrawal-damage = Бүлінді
withdrawal-destruction = Жойылды
withdrawal-production-use = Өндірісте пайдаланылды
withdrawal-state-contract = Мемлекеттік келісімшарт бойынша берілді
withdrawal-export-union = ЕАЭО-ға мүше мемлекетке әкетілді
withdrawal-donation = Өтеусіз берілді
withdrawal-confiscation = Тәркіленді
withdrawal-recall = Айналымнан кері қайтарып алынды
withdrawal-samples = Сынама ретінде іріктеп алынды
withdrawal-expiry = Жарамдылық мерзімі өтті
withdrawal-distance-sale = Қашықтан сатылды
withdrawal-vending = Сауда автоматы арқылы сатылды
withdrawal-transformation = Жаңа тауардың құрамына енді
withdrawal-remarking = Қайта таңбаланды
withdrawal-liquidation = Қатысушы қызметін тоқтатты
withdrawal-sold-out = Даналап сатылып бітті

stop-recalled = Айналымнан кері қайтарып алынуда
stop-unsafe = Қауіпсіз емес немесе сапасыз деп танылды
stop-investigation = Тексеріліп жатыр
stop-expired = Жарамдылық мерзімі өтіп кетті
