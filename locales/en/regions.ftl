### Regions of Kazakhstan by the first two digits of their KATO code.

region-10 = Abai Region
region-11 = Akmola Region
region-15 = Aktobe Region
region-19 = Almaty Region
region-23 = Atyrau Region
region-27 = West Kazakhstan Region
region-31 = Zhambyl Region
region-33 = Zhetisu Region
region-35 = Karaganda Region
region-39 = Kostanay Region
region-43 = Kyzylorda Region
region-47 = Mangystau Region
region-55 = Pavlodar Region
region-59 = North Kazakhstan Region
region-61 = Turkistan Region
region-62 = Ulytau Region
region-63 = East Kazakhstan Region
region-71 = Astana
region-75 = Almaty
region-79 = Shymkent
