### Common to the whole app: navigation, dates, network.

app-title = { $screen } – Tanba
app-skip = Skip to content
app-back = Back
app-cancel = Cancel
app-nav = Sections
app-nav-check = Check
app-nav-history = History
app-nav-reports = Reports
app-nav-settings = Settings
app-offline = No network. You can still check: the phone verifies the signature itself.
app-lost = There is no such page
app-lost-help = Nothing was found at { $address }.

app-day = { $day } { $month } { $year }
app-moment = { $day }, { $time }
app-month-01 = January
app-month-02 = February
app-month-03 = March
app-month-04 = April
app-month-05 = May
app-month-06 = June
app-month-07 = July
app-month-08 = August
app-month-09 = September
app-month-10 = October
app-month-11 = November
app-month-12 = December
