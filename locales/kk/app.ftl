### Бүкіл қолданбаға ортақ: навигация, күндер, желі.

app-title = { $screen } – Tanba
app-skip = Мазмұнына өту
app-back = Артқа
app-cancel = Болдырмау
app-nav = Бөлімдер
app-nav-check = Тексеру
app-nav-history = Тарих
app-nav-reports = Хабарлама
app-nav-settings = Баптаулар
app-offline = Желі жоқ. Тексеруге болады: қолтаңбаны телефонның өзі салыстырады.
app-lost = Мұндай бет жоқ
app-lost-help = { $address } мекенжайы бойынша ештеңе табылмады.

app-day = { $year } ж. { $day } { $month }
app-moment = { $day }, { $time }
app-month-01 = қаңтар
app-month-02 = ақпан
app-month-03 = наурыз
app-month-04 = сәуір
app-month-05 = мамыр
app-month-06 = маусым
app-month-07 = шілде
app-month-08 = тамыз
app-month-09 = қыркүйек
app-month-10 = қазан
app-month-11 = қараша
app-month-12 = желтоқсан
