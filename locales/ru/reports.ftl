### Мои сообщения о нарушениях.

reports-title = Мои сообщения
reports-empty = Сообщений пока нет. Здесь будут номера тех, что вы отправите.
reports-waiting = Ждёт сети
reports-stored = Отправлено
reports-delivered = Доставлено уполномоченному органу
reports-refused = Не принято
reports-title-waiting = Сообщение ждёт сети
reports-title-stored = Сообщение отправлено
reports-title-delivered = Сообщение доставлено
reports-title-refused = Сообщение не принято
reports-refused-why = Уполномоченный орган не смог открыть это сообщение. Обновите приложение, составьте сообщение заново и отправьте.
reports-ticket = Номер сообщения
reports-ticket-help = По этому номеру можно узнать, что стало с сообщением. Он хранится только на этом телефоне.
reports-copy = Скопировать
reports-copied = Скопировано
reports-progress = Путь сообщения
reports-stop-sealed = Зашифровано на телефоне
reports-stop-stored = Отправлено на сервер
reports-stop-done = – сделано
reports-stop-open = – ещё нет
reports-unknown = Сообщение не найдено
reports-unknown-help = На этом телефоне нет сообщения с таким номером.
