### Тексеру тарихы.

history-title = Тексеру тарихы
history-empty = Әзірге ештеңе тексерілмеген.
history-off = Тарих сақталмайды: ол баптауларда өшірілген.
history-privacy = { $count ->
    [one] Тек осы телефонда соңғы { $count } тексеру сақталады.
   *[other] Тек осы телефонда соңғы { $count } тексеру сақталады.
}
history-clear = Тарихты өшіру
history-clear-title = Тарих өшірілсін бе?
history-clear-body = { $count ->
    [one] { $count } тексеру өшіріледі. Оны қайтару мүмкін емес.
   *[other] { $count } тексеру өшіріледі. Оларды қайтару мүмкін емес.
}
history-clear-yes = Өшіру
