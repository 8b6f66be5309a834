### Общие названия: вердикты, группы товаров, состояния, причины.

verdict-genuine = Подлинный
verdict-genuine-not-introduced = Подлинный, ещё не введён в оборот
verdict-genuine-sold = Подлинный, уже продан
verdict-genuine-withdrawn = Подлинный, выведен из оборота
verdict-genuine-blocked = Подлинный, но продажа запрещена
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

withdrawal-retail-sale = Продан в розницу
withdrawal-own-use = Использован для собственных нужд
withdrawal-export = Вывезен на экспорт
withdrawal-loss = Утрачен
withdrawal-damage = Повреждён
withdrawal-destruction = Уничтожен

stop-recalled = Отзывается с рынка
stop-unsafe = Признан небезопасным или некачественным
stop-investigation = Проводится проверка
stop-expired = Срок годности истёк
