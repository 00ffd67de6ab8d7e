"""`make bench`: longer measurements, run by hand."""

from tests.bench import checking, compare, editing, forecasting, load, page, planning, splitting, ways, windows

if __name__ == "__main__":
    with checking.Companies.build() as companies:
        checking.main(companies)
        ways.main(companies)
        splitting.main(companies)
        windows.main(companies)
    compare.main()
    forecasting.main()
    planning.main()
    editing.main()
    page.main()
    load.main()
