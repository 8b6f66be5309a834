### Общее для всего приложения: навигация, даты, сеть.

app-title = { $screen } – Tanba
app-skip = Перейти к содержанию
app-back = Назад
app-cancel = Отмена
app-nav = Разделы
app-nav-check = Проверка
app-nav-history = История
app-nav-reports = Сообщения
app-nav-settings = Настройки
app-offline = Сети нет. Проверять можно: подпись телефон сверит сам.
app-lost = Такой страницы нет
app-lost-help = По адресу { $address } ничего не нашлось.

app-day = { $day } { $month } { $year } г.
app-moment = { $day }, { $time }
app-month-01 = января
app-month-02 = февраля
app-month-03 = марта
app-month-04 = апреля
app-month-05 = мая
app-month-06 = июня
app-month-07 = июля
app-month-08 = августа
app-month-09 = сентября
app-month-10 = октября
app-month-11 = ноября
app-month-12 = декабря
