### Настройки.

settings-title = Настройки
settings-language = Язык
settings-theme = Оформление
settings-theme-auto = Как в системе
settings-theme-light = Светлое
settings-theme-dark = Тёмное
settings-verdict = Проверка
settings-sound = Звук вердикта
settings-cues = Звуки сканера
settings-cues-help = Тиканье тем чаще, чем лучше виден код, и сигнал, когда он прочитан.
settings-vibration = Вибрация
settings-history = Хранить историю проверок
settings-history-help = Только на этом телефоне. Если выключить, сохранённое удаляется.
settings-keys = Ключи для проверки без сети
settings-keys-version = Версия
settings-keys-issued = Выпущены
settings-keys-count = Ключей
settings-keys-none = Ключи ещё не загружены. Подключитесь один раз к сети.
settings-keys-help = Благодаря этим открытым ключам телефон проверяет подпись кода без сети.
settings-about = Как работает и чего не хранит
