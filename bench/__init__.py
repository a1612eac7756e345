"""`make bench`: how fast the shop is, next to a stock django-oscar over the same catalogue, in one run.

An outsider to the layers: it runs both shops as processes and speaks to them over HTTP. `stock/` is the other shop;
modules named below run inside one of the shops (`python -m bench.…` with its settings): `export`, `engine_time`,
`queries`, `stock.fill` and `stock.ask`. docs/performance.md tells the method and the figures. `python -m bench.others`
is another measure: what others' searches find; `python -m bench.large`: search over 100,000 listings.
"""
