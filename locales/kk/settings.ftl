### Баптаулар.

settings-title = Баптаулар
settings-language = Тіл
settings-theme = Көрініс
settings-theme-auto = Жүйедегі
settings-theme-light = Ашық
settings-theme-dark = Қараңғы
settings-verdict = Тексеру
settings-sound = Шешім дыбысы
settings-cues = Сканер дыбыстары
settings-cues-help = Код неғұрлым анық көрінсе, тықыл соғұрлым жиілейді, ал оқылғанда дыбыс беріледі.
settings-vibration = Діріл
settings-history = Тексеру тарихын сақтау
settings-history-help = Тек осы телефонда. Өшірсеңіз, сақталғаны жойылады.
settings-keys = Желісіз тексеру кілттері
settings-keys-version = Нұсқасы
settings-keys-issued = Шығарылған уақыты
settings-keys-count = Кілттер саны
settings-keys-none = Кілттер әлі жүктелмеген. Желіге бір рет қосылыңыз.
settings-keys-help = Осы ашық кілттердің арқасында телефон кодтың қолтаңбасын желісіз тексереді.
settings-about = Қалай жұмыс істейді және нені сақтамайды
