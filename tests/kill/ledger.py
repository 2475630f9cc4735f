"""What must hold of the incoming register after any fault, asked of the database itself."""

FILED = "select count(*) from eboi_submission where status = 'submitted'"
WITHOUT_LETTER = """
    select count(*) from eboi_submission s
    left join eboi_incomingletter l on l.submission_id = s.id left join eboi_receipt r on r.submission_id = s.id
    where s.status = 'submitted' and (l.id is null or r.id is null)"""
WITHOUT_FILING = """
    select count(*) from eboi_incomingletter l join eboi_submission s on s.id = l.submission_id where s.status <> 'submitted'"""
NUMBERS = "select number from eboi_incomingletter order by number"
WITHOUT_MAIL = """
    select count(*) from eboi_submission s left join office_message m on m.about_id = s.id
    where s.status = 'submitted' and m.id is null"""


def faults(stand):
    """Every broken promise in words; an empty list is what the tests want."""
    found = []
    numbers = [number for (number,) in stand.sql(NUMBERS)]
    if numbers != list(range(1, len(numbers) + 1)):
        found.append(f"numbers have gaps or repeats: {len(numbers)} numbers, the last is {numbers[-1]}")
    for query, words in ((WITHOUT_LETTER, "filed without letter or receipt"), (WITHOUT_FILING, "letters of drafts")):
        if count := stand.value(query):
            found.append(f"{count} {words}")
    return found


def filed(stand):
    return stand.value(FILED)


def is_filed(stand, filers):
    """How many of these residents' filings stand in the database."""
    drafts = [filer.draft for filer in filers]
    return stand.value("select count(*) from eboi_receipt where submission_id = any(%s::uuid[])", drafts)
