### Общие названия: вердикты, группы товаров, состояния, причины.

verdict-genuine = Подлинный
verdict-genuine-not-introduced = Подлинный, ещё не введён в оборот
verdict-genuine-sold = Подлинный, уже продан
verdict-genuine-withdrawn = Подлинный, выведен из оборота
verdict-genuine-blocked = Подлинный, но продажа запрещена
verdict-recalled = Подлинный, но отзывается с рынка
verdict-partly-sold = Подлинный, частично продан
verdict-written-off = Подлинный, списан
verdict-annulled = Подлинный код, аннулирован
verdict-genuine-offline = Подпись подлинная, состояние неизвестно
verdict-not-issued = Такой код не выпускался
verdict-foreign = Код другой страны
verdict-incomplete = Код неполный
verdict-not-a-mark = Это не код маркировки

group-footwear = Обувь
group-medicine = Лекарственные средства
group-beer = Пиво и пивные напитки
group-tobacco = Табачные изделия
group-motor-oil = Моторные масла
group-light-industry = Товары лёгкой промышленности

status-emitted = Код выпущен
status-applied = Нанесён на товар
status-in-circulation = В обороте
status-withdrawn = Выведен из оборота
status-written-off = Списан
status-annulled = Код аннулирован
status-formed = Упаковка сформирована
status-dissolved = Упаковка расформирована

withdrawal-retail-sale = Продан в розницу
withdrawal-own-use = Использован для собственных нужд
withdrawal-export = Вывезен за пределы ЕАЭС
withdrawal-loss = Утрачен
withdrawal-damage = Повреждён
withdrawal-destruction = Уничтожен
withdrawal-production-use = Использован в производстве
withdrawal-state-contract = Поставлен по государственному контракту
withdrawal-export-union = Вывезен в государство – член ЕАЭС
withdrawal-donation = Передан безвозмездно
withdrawal-confiscation = Конфискован
withdrawal-recall = Отозван и изъят
withdrawal-samples = Отобран как образец
withdrawal-expiry = Истёк срок годности
withdrawal-distance-sale = Продан дистанционно
withdrawal-vending = Продан через торговый автомат
withdrawal-transformation = Вошёл в состав нового товара
withdrawal-remarking = Перемаркирован
withdrawal-liquidation = Участник прекратил деятельность
withdrawal-sold-out = Распродан поштучно

stop-recalled = Отзывается с рынка
stop-unsafe = Признан небезопасным или некачественным
stop-investigation = Проводится проверка
stop-expired = Срок годности истёк
