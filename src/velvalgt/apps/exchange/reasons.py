"""Why a row is rejected (afvist): each reason's code, and what it says to whoever mends it."""

from django.utils.translation import gettext_lazy as _

REASONS = {
    # the line
    "too_few_cells": _("The line has fewer cells than the header."),
    "too_many_cells": _("The line has more cells than the header."),
    "bad_quotes": _("The quotation marks of the line do not match, or a cell is far too long."),
    # the cell
    "control_character": _("The cell holds a line break or a character that cannot be shown."),
    "formula": _("The cell starts like a formula in a spreadsheet."),
    "too_long": _("The cell is longer than the column allows."),
    "missing": _("The cell must be filled in."),
    "impossible_date": _("It is no date. Write it as 31-12-2026."),
    "not_a_number": _("It is no number. Write it as 1.234,50."),
    "too_many_decimals": _("An amount has at most two decimals."),
    "not_yes_or_no": _("Write ja or nej."),
    "out_of_range": _("The number is outside what is possible."),
    "unknown_word": _("The word is not in the list of allowed words."),
    "word_not_in_force": _("The word was not in use on that day."),
    "unknown_municipality": _("No municipality has that code. It has three digits."),
    "unknown_a_kasse": _("No unemployment-insurance fund has that key."),
    "bad_email": _("It is no e-mail address."),
    "bad_link": _("A link begins with https:// and names a site."),
    "cpr_shape": _("A CPR number is ten digits."),
    "cpr_date": _("The CPR number holds no birth date."),
    "cpr_in_the_future": _("The CPR number holds a birth date that has not come."),
    # the row among the others of the file
    "end_before_start": _("The last day is before the first day."),
    "after_its_day": _("dato is after pr, the day of the list."),
    "clock_incomplete": _("forbrug_uger and forbrug_pr are filled in together."),
    "place_incomplete": _("breddegrad and laengdegrad are filled in together."),
    "another_area": _("A file holds one area: that of the first line."),
    "duplicate_key": _("The key is used by an earlier line of the file."),
    "duplicate_row": _("An earlier line of the file says the same."),
    "duplicate_cpr": _("The CPR number is used by an earlier line of the file."),
    "second_open_spell": _("The citizen already has an open spell on the same benefit."),
    "overlapping_spell": _("The days overlap another spell on the same benefit."),
    # the row against what is known
    "unknown_citizen": _("No citizen has that key. Import people first."),
    "key_of_another_citizen": _("The key belongs to a row about another citizen."),
    "cpr_of_another_citizen": _("The CPR number belongs to a citizen with another key."),
    "unknown_unit": _("No unit has that code."),
    "unknown_caseworker": _("Nobody has those initials."),
    "caseworker_without_unit": _("A caseworker needs a unit."),
}
# The core's own words for the same, where a file says it in another way.
FROM_CORE = {"duplicate_person": "duplicate_key"}
