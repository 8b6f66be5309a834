### Менің хабарламаларым.

reports-title = Менің хабарламаларым
reports-empty = Әзірге хабарлама жоқ. Жіберген хабарламаларыңыздың нөмірлері осында тұрады.
reports-waiting = Желіні күтуде
reports-stored = Жіберілді
reports-delivered = Уәкілетті органға жеткізілді
reports-refused = Қабылданбады
reports-title-waiting = Хабарлама желіні күтуде
reports-title-stored = Хабарлама жіберілді
reports-title-delivered = Хабарлама жеткізілді
reports-title-refused = Хабарлама қабылданбады
reports-refused-why = Уәкілетті орган бұл хабарламаны аша алмады. Қолданбаны жаңартып, хабарламаны қайта жазып жіберіңіз.
reports-ticket = Хабарлама нөмірі
reports-ticket-help = Осы нөмір арқылы хабарламаның жайын біле аласыз. Ол тек осы телефонда сақталады.
reports-copy = Көшіру
reports-copied = Көшірілді
reports-progress = Хабарламаның жолы
reports-stop-sealed = Телефонда шифрланды
reports-stop-stored = Серверге жіберілді
reports-stop-done = – орындалды
reports-stop-open = – әлі жоқ
reports-unknown = Хабарлама табылмады
reports-unknown-help = Бұл телефонда мұндай нөмірі бар хабарлама жоқ.
