### Камера.

scan-title = Сканирование кода
scan-close = Закрыть
scan-torch = Включить фонарик
scan-opening = Открываем камеру…
scan-hint = Поместите квадратный код в рамку, держите в 10–15 см
scan-other-ways = Код можно прочитать со снимка или ввести вручную
scan-retry = Попробовать ещё раз
scan-camera-denied = Нет доступа к камере
scan-camera-denied-help = Разрешите этому сайту пользоваться камерой в настройках браузера.
scan-camera-missing = Камера не найдена
scan-camera-missing-help = На этом устройстве нет камеры, или она не подключена.
scan-camera-busy = Камера занята
scan-camera-busy-help = Камерой пользуется другое приложение. Закройте его и попробуйте ещё раз.
scan-camera-unavailable = Камеру открыть не удалось
scan-camera-unavailable-help = Браузер не дал камеру. Откройте страницу по защищённому адресу (https).
scan-no-scanner = Сканер не загрузился
scan-no-scanner-help = В первый раз сканер загружается по сети, потом он работает и без неё.
