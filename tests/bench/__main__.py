"""`make bench`: longer measurements, run by hand."""

from tests.bench import checking, page

if __name__ == "__main__":
    checking.main()
    page.main()
