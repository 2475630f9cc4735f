"""The report: numbers frozen once, and from them the page, the PDF and the CSV, so that they can not differ (C22, B12)."""
