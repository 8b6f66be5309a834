### Мои сообщения о нарушениях.

reports-title = Мои обращения
reports-empty = Обращений пока нет. Здесь будут номера тех, что вы отправите.
reports-waiting = Ждёт сети
reports-stored = Отправлено
reports-delivered = Доставлено органу
reports-refused = Не принято
reports-title-waiting = Обращение ждёт сети
reports-title-stored = Обращение отправлено
reports-title-delivered = Обращение доставлено
reports-title-refused = Обращение не принято
reports-refused-why = Уполномоченный орган не смог открыть это обращение. Обновите приложение, составьте обращение заново и отправьте.
reports-ticket = Номер обращения
reports-ticket-help = По этому номеру можно узнать, что стало с обращением. Он хранится только на этом телефоне.
reports-copy = Скопировать
reports-copied = Скопировано
reports-progress = Путь обращения
reports-stop-sealed = Зашифровано на телефоне
reports-stop-stored = Отправлено на сервер
reports-stop-delivered = Доставлено уполномоченному органу
reports-stop-done = – сделано
reports-stop-open = – ещё нет
reports-unknown = Обращение не найдено
reports-unknown-help = На этом телефоне нет обращения с таким номером.
